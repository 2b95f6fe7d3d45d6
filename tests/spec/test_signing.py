"""The life of a paper, who may sign it, and its number (domain.md §7), as tables."""

from dataclasses import replace
from datetime import date

import pytest

from duban.core import numbering, signing
from duban.core.errors import UsageError
from duban.core.papers import PaperKind, PaperRecord, PaperState
from duban.core.signing import Act, Role
from fakes.ascii_tables import rows
from fakes.assessments import at
from fakes.signing import DRAFTED, signing_plan

PLAN = signing_plan()
AFTER = ("reviewed", "rejected", "withdrawn", "declined", "signed", "void", "delivered", "acknowledged", "revoked")

LIFE = rows("""
    from         | reviewed | rejected | withdrawn | declined | signed | void | delivered | acknowledged | revoked
    -------------+----------+----------+-----------+----------+--------+------+-----------+--------------+--------
    drafted      | yes      | yes      | yes       | yes      | -      | -    | -         | -            | -
    reviewed     | -        | yes      | yes       | yes      | yes    | -    | -         | -            | -
    rejected     | -        | -        | -         | -        | -      | -    | -         | -            | -
    withdrawn    | -        | -        | -         | -        | -      | -    | -         | -            | -
    declined     | -        | -        | -         | -        | -      | -    | -         | -            | -
    signed       | -        | -        | -         | -        | -      | yes  | yes       | -            | yes
    void         | -        | -        | -         | -        | -      | -    | -         | -            | -
    delivered    | -        | -        | -         | -        | -      | -    | -         | yes          | yes
    acknowledged | -        | -        | -         | -        | -      | -    | -         | -            | yes
    revoked      | -        | -        | -         | -        | -      | -    | -         | -            | -
""")

HANDS = rows("""
    who  | role     | on         | drafted by | reviewed by | may
    -----+----------+------------+------------+-------------+--------------------
    张三 | reviewer | 2018-07-30 | duban      | -           | yes
    李四 | reviewer | 2018-07-30 | duban      | -           | 核稿人是张三
    王五 | reviewer | 2018-08-07 | duban      | -           | 核稿人是张三
    张三 | reviewer | 2018-07-30 | 张三       | -           | 张三是这份文书的起草人
    李四 | signer   | 2018-07-30 | duban      | 张三        | yes
    张三 | signer   | 2018-07-30 | duban      | 张三        | 签发人是李四
    李四 | signer   | 2018-07-30 | 李四       | 张三        | 李四是这份文书的起草人
    李四 | signer   | 2018-07-30 | duban      | 李四        | 李四是这份文书的核稿人
    王五 | signer   | 2018-08-05 | duban      | 张三        | 代理人是王五（2018年8月6日至2018年8月10日）
    王五 | signer   | 2018-08-06 | duban      | 张三        | yes
    王五 | signer   | 2018-08-10 | duban      | 张三        | yes
    王五 | signer   | 2018-08-11 | duban      | 张三        | 王五在2018年8月11日不能办理
    王五 | signer   | 2018-08-07 | duban      | 王五        | 王五是这份文书的核稿人
    李四 | signer   | 2018-08-07 | duban      | 张三        | yes
    赵六 | signer   | 2018-08-07 | duban      | 张三        | 赵六在2018年8月7日不能办理
""")

ENTERED = rows("""
    paper       | entered             | taken
    ------------+---------------------+------------------------------
    supervise   | 7                   | 7
    supervise   | 东督督〔2018〕7号   | 7
    supervise   | 东督督〔2018〕120号 | 120
    supervise   | none                | 自行登记编号，请用 --number
    supervise   | 东督督〔2017〕7号   | 年份是 2017 年，签发日期在 2018 年
    supervise   | 东督督[2018]7号     | 不符合格式
    supervise   | 东督督〔2018〕007号 | 不符合格式
    supervise   | 东督督〔2018〕第7号 | 不符合格式
    supervise   | 东督督〔2018〕7     | 不符合格式
    supervise   | 西督督〔2018〕7号   | 不符合格式
    supervise   | 07                  | 不符合格式
    supervise   | 0                   | 不符合格式
    supervise   | -7                  | 不符合格式
    supervise   | ７                  | 不符合格式
    urge        | none                | none
    urge        | 7                   | 由本系统按顺序编排
    reminder    | none                | none
    reminder    | 7                   | 工作提示不编号
""")

AUTOMATIC = rows("""
    kind          | rung      | rule
    --------------+-----------+---------------------
    reminder      | reminder  | ladder.reminder
    urge          | urge      | -
    supervise     | supervise | -
    return_slip   | -         | papers.return_slip
    weekly_report | -         | -
    circular      | -         | -
""")


def paper(state: str = "drafted", kind: str = "urge", rung: str | None = None) -> PaperRecord:
    return PaperRecord(
        id=1,
        kind=PaperKind(kind),
        title="催办通知单",
        to=("北关办事处",),
        cc=(),
        number=None,
        state=PaperState(state),
        as_of=DRAFTED,
        path="urge/a.docx",
        sha256="a" * 64,
        rung=rung,
    )


def act(state: PaperState, by: str, sha256: str = "a" * 64) -> Act:
    return Act(1, None, state, by, DRAFTED, "", sha256)


def said(check: object, *arguments: object, **more: object) -> str:
    """`yes`, or the sentence of the refusal."""
    try:
        check(*arguments, **more)  # type: ignore[operator]  # a function of core.signing
    except UsageError as error:
        return str(error)
    return "yes"


@pytest.mark.parametrize("line", LIFE, ids=lambda line: line[0])
def test_the_life_of_a_paper(line: tuple[str, ...]) -> None:
    """Which state may follow which; void and revoked are ends."""
    before, *follows = line
    for after, may in zip(AFTER, follows, strict=True):
        answer = said(signing.require_follows, paper(before), PaperState(after))
        assert (answer == "yes") == (may == "yes"), (before, after, answer)


def test_every_state_has_its_line() -> None:
    """A new state brings its row."""
    assert {line[0] for line in LIFE} == {state.value for state in PaperState} == set(signing.FOLLOWS)


def test_only_the_system_signs_a_draft_that_nobody_reviewed() -> None:
    """And nothing else."""
    assert said(signing.require_follows, paper("drafted"), PaperState.SIGNED, automatic=True) == "yes"
    assert said(signing.require_follows, paper("rejected"), PaperState.SIGNED, automatic=True) != "yes"


@pytest.mark.parametrize(("who", "role", "on", "drafted", "reviewed", "may"), HANDS)
def test_who_may_review_and_sign(who: str, role: str, on: str, drafted: str, reviewed: str, may: str) -> None:
    """The plan's persons and, between his days, the 代理人; drafter, reviewer and signer are three."""
    issuer = PLAN.issuer("group")
    acts = [act(PaperState.DRAFTED, drafted), *([act(PaperState.REVIEWED, reviewed)] if reviewed else [])]
    answer = said(signing.require_role, issuer, Role(role), who, at(date.fromisoformat(on), 9))
    if answer == "yes":
        answer = said(signing.require_other_hands, acts, who)

    assert (answer == "yes") if may == "yes" else (may in answer), answer


@pytest.mark.parametrize(("kind", "entered", "taken"), ENTERED)
def test_numbers_that_a_signer_enters(kind: str, entered: str, taken: str) -> None:
    """Whole or bare, of the year of the signature, without 第 and noughts; wanted only of a registry of its own."""
    rule = PLAN.paper(kind)
    given = None if entered == "none" else entered
    try:
        found = str(numbering.entered_number(rule, PLAN.issuer(rule.issuer), 2018, given)).lower()
    except UsageError as error:
        found = str(error)

    assert found == taken if taken.isdigit() or taken == "none" else taken in found, found


@pytest.mark.parametrize(("kind", "rung", "rule"), AUTOMATIC)
def test_what_signs_itself(kind: str, rung: str, rule: str) -> None:
    """The plan's automatic rungs, and slips that only repeat a verdict."""
    found = signing.automatic_rule(PLAN, paper(kind=kind, rung=rung or None))

    assert (found or "") == rule


def test_the_draft_must_be_the_one_registered_reviewed_and_seen() -> None:
    """Four hashes, one draft."""
    ours, other = "a" * 64, "b" * 64
    reviewed = [act(PaperState.REVIEWED, "张三")]

    assert said(signing.require_same_draft, paper(), reviewed, ours, ours) == "yes"
    assert said(signing.require_same_draft, paper(), reviewed, ours, None) == "yes"
    assert "已被改动" in said(signing.require_same_draft, paper(), reviewed, other, None)
    assert "已被改动" in said(signing.require_same_draft, paper(), reviewed, ours, other)
    assert "已被改动" in said(
        signing.require_same_draft, paper(), [act(PaperState.REVIEWED, "张三", other)], ours, None
    )


def test_a_reason_is_more_than_blanks() -> None:
    """退回、撤稿、作废 each say why."""
    assert signing.require_reason(" 依据写全称 ") == "依据写全称"
    assert said(signing.require_reason, "　 ") == "没有写明原因，请用 --reason 写明。"


def test_a_plan_without_days_for_the_deputy_sets_no_limit() -> None:
    """A 代理人 without dates may always stand in."""
    signer = replace(PLAN.issuer("group").signer, deputy_from=None, deputy_until=None)

    assert signing.may_act(signer, "王五", date(2030, 1, 1))
    assert not signing.may_act(replace(signer, deputy=None), "王五", date(2030, 1, 1))


def test_the_form_of_a_number_is_the_plans() -> None:
    """What is printed is read back, whatever the form of the series."""
    for kind in ("weekly_report", "urge", "supervise", "criticism_proposal"):
        rule = PLAN.paper(kind)
        external = replace(PLAN.issuer(rule.issuer), numbering=PLAN.issuer("inspection").numbering)
        text = numbering.printed(rule, external, 2018, 31)
        assert numbering.entered_number(rule, external, 2018, text) == 31
