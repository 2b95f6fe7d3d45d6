"""A small plan by hand: three offices, four obligations; nothing in it is the committed plan's own."""

from datetime import date, time
from fractions import Fraction

from duban.core.plan import (
    AnnualTarget,
    Basis,
    Evidence,
    Ground,
    Issuer,
    Numbering,
    ObligationRule,
    Office,
    Owner,
    PaperRule,
    Person,
    Phase,
    Plan,
    Reporting,
    Rung,
    SourceDocument,
)
from duban.core.weeks import Weeks
from duban.core.workdays import HolidayCalendar

DECIDED = Ground(None, "测试用")
FILE_NUMBER = "{prefix}〔{year}〕{number}号"
LEADING_OFFICE = "东区楼院整治工作领导小组办公室"


def clause(text: str) -> Ground:
    return Ground(text, None)


def person(name: str) -> Person:
    return Person(name, "主任", None, None, None)


def issuer(key: str, name: str, seal: str) -> Issuer:
    return Issuer(key, name, name, "东整", Numbering.OWN, seal, "010-55550001", person("张三"), person("李四"), DECIDED)


def rule(key: str, deliverable: str, evidence: Evidence, due: date | None, ground: Ground) -> ObligationRule:
    by_decision = not ground.is_clause
    return ObligationRule(
        key, deliverable, Owner.OFFICE, evidence, due, None, escalates=True, needs_basis=by_decision, ground=ground
    )


def paper(kind: str, name: str, number_form: str, to: tuple[str, ...], copy: tuple[str, ...] = ()) -> PaperRule:
    return PaperRule(kind, name, "group", to, copy, name, number_form, DECIDED)


def by_inspection(kind: str, name: str) -> PaperRule:
    return PaperRule(kind, name, "inspection", ("各办事处",), ("领导小组办公室",), "文号", FILE_NUMBER, DECIDED)


def of_origin(kind: str, name: str, number_form: str) -> PaperRule:
    return PaperRule(kind, name, "{origin}", ("{recipients}",), (), name, number_form, DECIDED)


REPLY = ObligationRule(
    "A", "回执", Owner.OFFICE, Evidence.REPLY, None, 3, escalates=False, needs_basis=False, ground=DECIDED
)
CORRECTION = ObligationRule(
    "K", "退回补正的周报", Owner.OFFICE, Evidence.CORRECTION, None, 3, escalates=False, needs_basis=True, ground=DECIDED
)


def rung(key: str, name: str, working_days: int, requires: str | None = None) -> Rung:
    return Rung(key, name, working_days, key, requires, automatic=key == "reminder", ground=DECIDED)


SMALL_PLAN = Plan(
    key="east-2018",
    district="东区",
    source=SourceDocument(
        "东区管委会关于印发东区楼院整治工作方案的通知",
        "东管〔2018〕7号",
        "东区管委会",
        date(2018, 7, 2),
        date(2018, 7, 2),
        clause("东管〔2018〕7号"),
    ),
    leading_group={"office": "领导小组办公室"},
    units=(),
    offices=(
        Office("NM", "南门办事处", DECIDED),
        Office("BG", "北关办事处", DECIDED),
        Office("XC", "西昌办事处", DECIDED),
    ),
    phases=(Phase("survey", "摸底阶段", None, date(2018, 7, 29), DECIDED),),
    targets=(AnnualTarget(2018, Fraction(3, 10), Fraction(3, 10), date(2018, 12, 31), DECIDED),),
    aims=(),
    work_areas=(),
    obligations=(
        rule(
            "S1",
            "楼院台账（摸底）",
            Evidence.SURVEY,
            date(2018, 7, 29),
            clause("由各办“牵头”摸底(7月29日前)，建立台账"),
        ),
        rule("S2", "动员会", Evidence.ACTIVITY, date(2018, 8, 7), clause("各办召开动员会")),
        rule("S3c", "项目台账", Evidence.PROJECT_LEDGER, date(2018, 8, 24), DECIDED),
        rule("W", "楼院整治周报", Evidence.WEEKLY_RETURN, None, DECIDED),
        CORRECTION,
        REPLY,
    ),
    ladder=(
        rung("reminder", "提醒", -3),
        rung("urge", "催办", 1),
        rung("supervise", "督办", 3, "urge"),
        rung("criticism_proposal", "提请通报批评", 10, "supervise"),
    ),
    issuers=(issuer("group", LEADING_OFFICE, "代章"), issuer("inspection", "东区督查室", "own")),
    papers=(
        PaperRule(
            "weekly_report",
            "整治简报",
            "group",
            (),
            (),
            "简报期号",
            "第{number}期",
            DECIDED,
            ("领导小组组长",),
            ("各成员单位",),
            ("东区物流园管委",),
        ),
        paper("reminder", "工作提示", "", ("{office}",)),
        paper("urge", "催办通知单", "{prefix}催〔{year}〕{number}号", ("{office}",), ("东区督查室",)),
        PaperRule(
            "supervise",
            "督办通知单",
            "inspection",
            ("{office}",),
            ("领导小组办公室",),
            "督办",
            "{prefix}督〔{year}〕{number}号",
            DECIDED,
        ),
        paper("criticism_proposal", "提请通报批评的建议", "{prefix}〔{year}〕{number}号", ("东区考评办",)),
        paper("return_slip", "退回补正通知单", "{prefix}退〔{year}〕{number}号", ("{office}",)),
        paper("reporting_notice", "报送通知", FILE_NUMBER, ("各办事处",), ("东区督查室",)),
        paper("circular", "通报", FILE_NUMBER, ("各办事处",), ("东区督查室",)),
        paper("report", "报告", FILE_NUMBER, ("东区管委会",)),
        by_inspection("criticism", "通报"),
        by_inspection("year_assessment", "年度考核通报"),
        of_origin("correction", "更正通报", FILE_NUMBER),
        of_origin("revocation", "撤销通知", "{prefix}撤〔{year}〕{number}号"),
        paper("department_list", "部门待办清单", "", ("东区督查室",)),
    ),
    reporting=Reporting(date(2018, 7, 27), time(17), DECIDED),
    calendar=HolidayCalendar(()),
    kinds_in_scope=(),
    implementation_start=date(2018, 8, 8),
    basis=Basis("东整〔2018〕1号", "关于报送楼院整治周报的通知", date(2018, 7, 10)),
    work="楼院整治工作",
)
SMALL_WEEKS = Weeks(SMALL_PLAN.calendar, SMALL_PLAN.reporting.first_day, SMALL_PLAN.reporting.cutoff_time)
