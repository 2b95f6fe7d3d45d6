"""What the ledger remembers of what an office said last: its rows, and its reasons."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from duban.adapters.store import PostgresLedger
from duban.core.checked import CheckedRow, Verdict
from duban.core.findings import Finding
from duban.core.gate.reasons import StandingReason
from duban.core.returns import ReturnKind
from duban.pipeline.ports import Before
from fakes.judged import Office, at, finding, ledger_row, project_row

WHY = "连片平房，共四户"
B02 = Finding("B02", "工作台账", "G2", "MH-001", "每栋 900 户", "2 至 400 户", "households", 2, WHY)
C09 = Finding("C09", "项目台账", None, None, "尚未填报", "请填报", reason="尚未进入实施阶段")


def standing(ledger: PostgresLedger, week: str, known_at: str) -> list[tuple[str, str | None, str]]:
    [reasons] = ledger.standing_reasons([Before("MH", week, at(known_at))])
    return [(one.code, one.compound, one.reason) for one in reasons]


def test_a_reason_stands_with_the_row_it_was_given_for(ledger: PostgresLedger, office: Office) -> None:
    """Its values come back typed, so that the next return's can be compared with them."""
    row = project_row("MH-001", accepted_on=date(2018, 7, 1), funds=Decimal("12.50"))
    b01 = Finding("B01", "项目台账", "Q2", "MH-001", "2018-07-01", "不早于", "accepted_on", 2, "方案印发前已验收")
    office.send(at("07-27 15:00"), "2018-W30", [row], findings=[b01])

    [[reason]] = ledger.standing_reasons([Before("MH", "2018-W31", at("08-03 15:00"))])
    assert reason == StandingReason("B01", "MH-001", "方案印发前已验收", "2018-07-01", "project", row.values)


def test_a_reason_is_known_from_its_receipt_on_and_only_to_its_office(ledger: PostgresLedger, office: Office) -> None:
    """Two clocks here too; nor does a later week's reason answer an older week."""
    office.send(at("08-03 15:00"), "2018-W31", [ledger_row("MH-001")], findings=[B02])

    assert standing(ledger, "2018-W32", "08-03 14:59") == []
    assert standing(ledger, "2018-W30", "08-10 15:00") == []
    assert standing(ledger, "2018-W31", "08-10 15:00") == [("B02", "MH-001", WHY)]
    assert ledger.standing_reasons([Before("JH", "2018-W32", at("08-10 15:00"))]) == [[]]


@pytest.mark.parametrize(
    ("later", "stands"),
    [
        (ledger_row("MH-001", households=20), False),
        (ledger_row("MH-002"), True),
        (project_row("MH-001"), True),
        (ledger_row("MH-001", verdict=Verdict.REJECTED), True),
    ],
    ids=["accepted without the finding", "another compound", "another table", "rejected"],
)
def test_an_accepted_row_without_the_finding_ends_a_reason(
    ledger: PostgresLedger, office: Office, later: CheckedRow, stands: bool
) -> None:
    """The value has changed; when it comes back, it has to be explained again."""
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001", households=900)], findings=[B02])
    office.send(at("08-03 15:00"), "2018-W31", [later])

    assert standing(ledger, "2018-W32", "08-10 15:00") == ([("B02", "MH-001", WHY)] if stands else [])


def test_a_zero_report_changes_no_reason(ledger: PostgresLedger, office: Office) -> None:
    """It says "no change", of single compounds as of the whole return."""
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001")], findings=[B02, C09])
    office.send(at("08-03 15:00"), "2018-W31", kind=ReturnKind.ZERO)

    assert {code for code, *_ in standing(ledger, "2018-W32", "08-10 15:00")} == {"B02", "C09"}


def test_the_last_reason_given_counts(ledger: PostgresLedger, office: Office) -> None:
    """By week, then by receipt."""
    for hour, reason in (("10", "第一次说明的原因"), ("11", "第二次说明的原因")):
        said = Finding(B02.code, B02.sheet, B02.cell, B02.compound, B02.found, "", B02.column, B02.row, reason)
        office.send(at(f"07-27 {hour}:00"), "2018-W30", [ledger_row("MH-001")], findings=[said], name=f"{hour}.xlsx")

    assert standing(ledger, "2018-W31", "08-03 15:00") == [("B02", "MH-001", "第二次说明的原因")]


def test_a_reason_about_the_whole_return_ends_with_the_next_return_that_has_rows(
    ledger: PostgresLedger, office: Office
) -> None:
    """Unless that return has the finding again, which then carries it on."""
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001")], findings=[C09])
    assert standing(ledger, "2018-W31", "08-03 15:00") == [("C09", None, "尚未进入实施阶段")]

    office.send(at("08-03 15:00"), "2018-W31", [ledger_row("MH-001")])
    assert standing(ledger, "2018-W32", "08-10 15:00") == []


def test_a_finding_without_a_reason_is_no_reason(ledger: PostgresLedger, office: Office) -> None:
    """Flags that nobody answered."""
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001")], findings=[finding("C06", "MH-001")])

    assert standing(ledger, "2018-W31", "08-03 15:00") == []


def test_the_last_row_is_the_last_accepted_one(ledger: PostgresLedger, office: Office) -> None:
    """Of each table by itself; all its columns; what was rejected later does not replace it."""
    first = ledger_row("MH-001", remark="一")
    office.send(at("07-27 15:00"), "2018-W30", [first, project_row("MH-001")])
    second = office.send(at("08-03 15:00"), "2018-W31", [project_row("MH-001", funds=Decimal("3.5"))])
    office.send(at("08-10 15:00"), "2018-W32", [ledger_row("MH-001", verdict=Verdict.REJECTED, remark="二")])

    rows = {last.row.table: last for last in ledger.last_rows("MH", at("08-10 15:00"))}
    assert rows["work"].row == first
    assert rows["project"].row.values["funds"] == Decimal("3.5")
    assert rows["project"].return_id == second.return_id


def test_a_state_rests_on_the_returns_of_its_rows(ledger: PostgresLedger, office: Office) -> None:
    """Of each table by itself; an older week where a newer one lacks a compound; asked of several instants at once."""
    first = office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001"), ledger_row("MH-002", line=3)])
    second = office.send(at("08-03 15:00"), "2018-W31", [ledger_row("MH-001"), project_row("MH-001")])
    third = office.send(at("08-10 15:00"), "2018-W32", [ledger_row("MH-001")])
    fourth = office.send(at("08-17 15:00"), "2018-W33", [ledger_row("MH-001"), ledger_row("MH-002", line=3)])
    moments = ("07-27 14:00", "07-27 15:00", "08-03 15:00", "08-10 15:00", "08-17 15:00")

    found = ledger.resting([("MH", at(moment)) for moment in moments])

    rested = [[], [first], [first, second], [first, second, third], [second, fourth]]
    assert found == [tuple(one.return_id for one in returns) for returns in rested]


def test_what_is_known_from_a_rejected_ledger_row_rests_on_that_one(ledger: PostgresLedger, office: Office) -> None:
    """数据待补; a row of 项目台账 that is refused later says nothing of it."""
    refused = office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-009", verdict=Verdict.REJECTED)])
    office.send(at("08-03 15:00"), "2018-W31", [project_row("MH-009", verdict=Verdict.REJECTED)])

    assert ledger.resting([("MH", at("08-03 15:00"))]) == [(refused.return_id,)]


def test_a_compound_known_from_a_rejected_row_has_that_row(ledger: PostgresLedger, office: Office) -> None:
    """数据待补."""
    rejected = ledger_row("MH-009", verdict=Verdict.REJECTED, households="三百")
    office.send(at("07-27 15:00"), "2018-W30", [rejected])

    assert [last.row for last in ledger.last_rows("MH", at("07-27 15:00"))] == [rejected]


def test_a_refused_row_stands_as_long_as_a_return_that_counts_says_it(ledger: PostgresLedger, office: Office) -> None:
    """The newest that says anything of a compound: nobody looks through three years for what was never accepted."""
    refused = project_row("MH-001", verdict=Verdict.REJECTED)
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001"), refused])
    office.send(at("08-03 15:00"), "2018-W31", [], kind=ReturnKind.ZERO)
    office.send(at("08-10 15:00"), "2018-W32", [ledger_row("MH-001")])

    days = ("07-27", "08-03", "08-10")
    known = [{last.row.table for last in ledger.last_rows("MH", at(f"{day} 15:00"))} for day in days]
    assert known == [{"work", "project"}, {"work", "project"}, {"work"}]


def test_a_refused_row_stands_over_a_zero_report_though_nothing_else_of_its_return_counts(
    ledger: PostgresLedger, office: Office
) -> None:
    """A 零报告 says that nothing has changed, though its form has lines."""
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001")])
    refused = [ledger_row("MH-001", verdict=Verdict.REJECTED), project_row("MH-001", verdict=Verdict.REJECTED)]
    office.send(at("08-03 15:00"), "2018-W31", refused)
    title = replace(ledger_row("MH-001", verdict=Verdict.IGNORED), compound=None)
    office.send(at("08-10 15:00"), "2018-W32", [title], kind=ReturnKind.ZERO)

    assert {last.row.table for last in ledger.last_rows("MH", at("08-10 15:00"))} == {"work", "project"}


def test_what_was_refused_long_ago_does_not_come_back_for_the_sake_of_another_compound(
    ledger: PostgresLedger, office: Office
) -> None:
    """The state rests on the first return for another compound's sake alone."""
    refused = project_row("MH-001", verdict=Verdict.REJECTED)
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001"), ledger_row("MH-002", line=3), refused])
    office.send(at("08-03 15:00"), "2018-W31", [ledger_row("MH-001")])

    assert {last.row.table for last in ledger.last_rows("MH", at("08-03 15:00"))} == {"work"}


def test_last_rows_are_those_known_at_the_instant(ledger: PostgresLedger, office: Office) -> None:
    """A replaced return's rows are gone as a whole; before the replacement they stood."""
    office.send(at("07-27 10:00"), "2018-W30", [ledger_row("MH-001"), ledger_row("MH-002", line=3)])
    office.send(at("07-27 11:00"), "2018-W30", [ledger_row("MH-001")], name="更正.xlsx")

    known = [{last.row.compound for last in ledger.last_rows("MH", at(f"07-27 {hour}"))} for hour in ("10:30", "11:00")]
    assert known == [{"MH-001", "MH-002"}, {"MH-001"}]


def test_what_asks_departments_is_found_wherever_it_stands(ledger: PostgresLedger, office: Office) -> None:
    """The last rows of 项目台账: the newest week's, and of what it lacks or has rejected those of the weeks before."""
    asking = {"ask_department": "城管局", "asked_on": "2018-07-25"}
    first = [row for n, id_ in enumerate("ABC", 2) for row in (ledger_row(id_, line=n), project_row(id_, line=n))]
    office.send(at("07-27 15:00"), "2018-W30", [*first, project_row("A", line=9, **asking)])
    rejected = project_row("B", line=3, verdict=Verdict.REJECTED)
    newest = [ledger_row("A"), project_row("A"), ledger_row("B", line=3), rejected, ledger_row("D", line=4)]
    office.send(at("08-03 15:00"), "2018-W31", newest)

    for moment in ("07-27 16:00", "08-03 16:00"):
        wanted = [last for last in ledger.last_rows("MH", at(moment)) if last.row.table == "project"]
        assert ledger.asking_rows("MH", at(moment)) == wanted
    assert [last.row.compound for last in ledger.asking_rows("MH", at("08-03 16:00"))] == ["A", "B", "C"]
    assert ledger.asking_rows("MH", at("07-27 14:00")) == []


def test_the_first_return_of_a_compound_is_named(ledger: PostgresLedger, office: Office) -> None:
    """By receipt; a compound that nobody returned has none."""
    first = office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001")])
    office.send(at("08-03 15:00"), "2018-W31", [ledger_row("MH-001")])

    assert ledger.first_returns(["MH-001", "MH-099"], at("08-10 15:00")) == {"MH-001": first.return_id}
    assert ledger.first_returns(["MH-001"], at("07-27 14:59")) == {}
