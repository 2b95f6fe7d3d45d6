"""A plan for tests, built by hand: three offices, the deadlines of a season in 2018, a ladder of four rungs."""

from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from typing import Any

from duban.core.plan import (
    AnnualTarget,
    Basis,
    Evidence,
    Ground,
    ObligationRule,
    Office,
    Owner,
    Plan,
    Reporting,
    Rung,
    SourceDocument,
)
from duban.core.weeks import Weeks
from duban.core.workdays import HolidayCalendar, HolidayNotice

CLAUSE = Ground("方案原文", None)
DECIDED = Ground(None, "测试用")
OFFICES = ("EA", "WE", "NO")
AIMS = ("aim_01", "aim_02")
KINDS = ("社区楼院", "自管小区", "无主管楼院", "物业小区")


def days(*texts: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)


CALENDAR = HolidayCalendar((
    HolidayNotice(
        2018,
        published=date(2017, 11, 30),
        off=days("2018-09-24", "2018-10-01", "2018-10-02", "2018-10-03", "2018-10-04", "2018-10-05"),
        work=days("2018-09-29", "2018-09-30"),
    ),
    HolidayNotice(
        2019,
        published=date(2018, 12, 6),
        off=days("2018-12-31", "2019-01-01"),
        work=days("2018-12-29"),
    ),
))


def rule(key: str, evidence: Evidence, due: str | None = None, **more: Any) -> ObligationRule:
    """An obligation of every office that climbs the ladder and needs no basis, unless `more` says otherwise."""
    made = ObligationRule(
        key=key,
        deliverable=key,
        owner=Owner.OFFICE,
        evidence=evidence,
        due=date.fromisoformat(due) if due else None,
        working_days=None,
        escalates=True,
        needs_basis=False,
        ground=CLAUSE,
    )
    return replace(made, **more)


def target_rule(key: str, evidence: Evidence, year: int) -> ObligationRule:
    return rule(key, evidence, year=year, owner=Owner.DISTRICT, escalates=False, office_share=DECIDED)


OBLIGATIONS = (
    rule("S1", Evidence.SURVEY, "2018-07-30"),
    rule("S2", Evidence.ACTIVITY, "2018-08-10", activity_kind="宣传发动"),
    rule("S3c", Evidence.PROJECT_LEDGER, "2018-08-24", needs_basis=True),
    # Before its parts on purpose: what is made of others is judged after them, wherever it stands.
    rule("S3", Evidence.ALL_OF, "2018-12-30", parts=("S3a", "S3b", "S3c")),
    rule("S3a", Evidence.SCHEMES_DRAFTED, "2018-12-30"),
    rule("S3b", Evidence.SCHEMES_DELIBERATED, "2018-12-30"),
    target_rule("Y2018-C", Evidence.COMMITTEES, 2018),
    target_rule("Y2018-I", Evidence.IMPROVEMENTS, 2018),
    target_rule("Y2019-C", Evidence.COMMITTEES, 2019),
    target_rule("Y2019-I", Evidence.IMPROVEMENTS, 2019),
    rule("K", Evidence.CORRECTION, working_days=3, needs_basis=True, first_rung="urge", top_rung="urge"),
    rule("W", Evidence.WEEKLY_RETURN, needs_basis=True),
    rule("A", Evidence.REPLY, working_days=3, escalates=False),
    rule("O", Evidence.QUARTERLY_ACTIVITIES, parts=("联席会议", "检查考核"), escalates=False),
    rule("D", Evidence.DEPARTMENT_REPLY, working_days=15, owner=Owner.DEPARTMENT, escalates=False),
)


def rung(key: str, working_days: int, requires: str | None = None) -> Rung:
    return Rung(key, key, working_days, key, requires, automatic=key == "reminder", ground=DECIDED)


LADDER = (
    rung("reminder", -3),
    rung("urge", 1),
    rung("supervise", 3, "urge"),
    rung("criticism_proposal", 10, "supervise"),
)


def target(year: int, share: str, cumulative: str) -> AnnualTarget:
    return AnnualTarget(year, Fraction(share), Fraction(cumulative), date(year, 12, 31), CLAUSE)


BASIS = Basis("测办〔2018〕1号", "关于报送周报的通知", date(2018, 7, 20))

PLAN = Plan(
    key="test-2018",
    district="测试区",
    source=SourceDocument("测试方案", "测〔2018〕1号", "测试区管委会", date(2018, 7, 19), date(2018, 7, 19), CLAUSE),
    leading_group={},
    units=(),
    offices=tuple(Office(code, f"{code}办事处", CLAUSE) for code in OFFICES),
    phases=(),
    targets=(target(2018, "3/10", "3/10"), target(2019, "4/10", "7/10"), target(2020, "3/10", "1")),
    aims=(),
    work_areas=(),
    obligations=OBLIGATIONS,
    ladder=LADDER,
    issuers=(),
    papers=(),
    reporting=Reporting(date(2018, 7, 27), time(17), DECIDED, reminder_time=time(14)),
    calendar=CALENDAR,
    kinds_in_scope=KINDS,
    implementation_start=date(2018, 8, 11),
    basis=None,
)


def weeks_of(plan: Plan) -> Weeks:
    return Weeks(plan.calendar, plan.reporting.first_day, plan.reporting.cutoff_time)


def only(*keys: str, **changes: Any) -> Plan:
    """The plan with none but these obligations, and other `changes`."""
    return replace(PLAN, obligations=tuple(rule for rule in OBLIGATIONS if rule.key in keys), **changes)
