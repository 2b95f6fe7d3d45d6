"""What the ledger tells the assessment and `duban returns`."""

from datetime import date, timedelta

import pytest

from duban.adapters.store import PostgresLedger
from duban.adapters.store.rollup import Rollup
from duban.core.checked import Status, Verdict
from duban.core.facts import Activity
from duban.core.findings import Finding
from duban.core.returns import ReturnKind
from duban.core.spot_checks import Suspicion
from duban.pipeline.ports import ValidationRun
from fakes.judged import Office, activity_row, at, finding, judged, ledger_row, project_row

BYTES = "ab" * 32


def test_a_return_is_told_with_what_its_accepted_rows_prove(ledger: PostgresLedger, office: Office) -> None:
    """Ledger rows counted, project compounds named, activities listed: accepted ones only."""
    rows = [
        ledger_row("MH-001"),
        ledger_row("MH-002", line=3),
        ledger_row("MH-003", line=4, verdict=Verdict.REJECTED),
        project_row("MH-001"),
        project_row("MH-002", line=3, verdict=Verdict.REJECTED),
        activity_row(date(2018, 7, 21)),
        activity_row(date(2018, 7, 23), "联席会议", line=3),
    ]
    received = office.send(at("07-27 15:00"), "2018-W30", rows)

    [fact] = ledger.returns(at("07-27 15:00"))["MH"]
    assert (fact.return_id, fact.week, fact.status) == (received.return_id, "2018-W30", Status.PARTIAL)
    assert (fact.kind, fact.received_at) == (ReturnKind.NORMAL, at("07-27 15:00"))
    assert (fact.ledger_rows, fact.project_compounds) == (2, frozenset({"MH-001"}))
    assert fact.activities == (Activity("宣传发动", date(2018, 7, 21)), Activity("联席会议", date(2018, 7, 23)))


def test_a_return_is_not_known_before_its_receipt(ledger: PostgresLedger, office: Office) -> None:
    """Nor listed by `duban returns --as-of`."""
    office.send(at("07-27 15:00"), "2018-W30", findings=[finding("C09")])

    assert ledger.returns(at("07-27 14:59")) == {}
    assert ledger.return_records(at("07-27 14:59")) == []
    assert len(ledger.return_records(at("07-27 15:00"))) == len(ledger.return_records()) == 1


def test_the_returns_between_two_instants_can_be_asked_for(ledger: PostgresLedger, office: Office) -> None:
    """Those received after the one and by the other, with their findings: what a weekly report tells of."""
    for hour in (15, 16, 17):
        office.send(at(f"07-27 {hour}:00"), "2018-W30", findings=[finding("C09")], name=f"{hour}.xlsx")

    [record] = ledger.return_records(at("07-27 16:00"), at("07-27 15:00"))
    assert (record.path, record.findings) == ("MH/16.xlsx", (finding("C09"),))


def test_suspicions_are_findings_that_accepted_returns_left(ledger: PostgresLedger, office: Office) -> None:
    """Of the codes asked for, known by the instant; a finding about no compound speaks of the whole office."""
    doubts = [finding("C01", "MH-001"), finding("C05"), finding("C09")]
    office.send(at("07-27 15:00"), "2018-W30", findings=doubts)
    returned = office.receive(at("07-27 16:00"), "退回.xlsx")
    checked = judged("MH", "2018-W30", findings=[finding("C01")])
    ledger.record_verdict(returned, checked, Status.RETURNED, at("07-27 16:30"))

    found = [Suspicion("MH", "C01", "MH-001"), Suspicion("MH", "C05", None)]
    assert ledger.suspicions(at("07-27 18:00"), ("C01", "C05")) == found
    assert ledger.suspicions(at("07-27 14:59"), ("C01", "C05")) == []


def test_returns_can_be_asked_for_by_id(ledger: PostgresLedger, office: Office) -> None:
    """Those that have their verdict; no ids, no returns."""
    _, second = (office.send(at(f"07-27 {hour}:00"), "2018-W30", findings=[finding("C09")]) for hour in (15, 16))
    waiting = office.receive(at("07-27 17:00"))

    [record] = ledger.return_records_of([second.return_id, waiting.return_id])
    assert (record.return_id, record.findings) == (second.return_id, (finding("C09"),))
    assert ledger.return_records_of([]) == []


def test_returns_stand_in_the_order_of_receipt_then_path(ledger: PostgresLedger, office: Office) -> None:
    """Oldest first, in whatever order they were judged."""
    received = office.receive_together(at("07-26 15:00"), "c.xlsx")
    received += office.receive_together(at("07-27 15:00"), "b.xlsx", "a.xlsx")
    for one in reversed(received):
        ledger.record_verdict(one, judged("MH", "2018-W30"), Status.ACCEPTED, at("07-27 15:30"))

    assert [record.path for record in ledger.return_records()] == ["MH/c.xlsx", "MH/a.xlsx", "MH/b.xlsx"]


@pytest.mark.parametrize(
    ("findings", "faults"),
    [
        ([finding("R04", "MH-001", "households"), finding("C02", "MH-001")], {"R04/MH-001/households"}),
        ([Finding("F03", "工作台账", None, None, "", "楼栋数", column="buildings")], {"F03//buildings"}),
        ([finding("B02", "MH-001")], {"B02/MH-001/"}),
        ([finding("B02", "MH-001", reason="连片平房，共四户")], set()),
        ([finding("C09"), finding("D01"), finding("F10")], set()),
    ],
    ids=["class A", "file", "B without a reason", "B with a reason", "C and D"],
)
def test_a_slip_goes_out_for_what_must_be_corrected(
    ledger: PostgresLedger, office: Office, findings: list[Finding], faults: set[str]
) -> None:
    """Class A, and class B without a reason: at the tick that judged the return, naming code, compound and column."""
    received = office.send(at("07-27 15:00"), "2018-W30", findings=findings)

    [fact] = ledger.returns(at("07-27 16:00"))["MH"]
    assert fact.faults == faults
    assert fact.slip_at == (received.received_at + timedelta(minutes=1) if faults else None)


def test_a_returned_file_speaks_for_its_folder(ledger: PostgresLedger, office: Office) -> None:
    """Office and week may be unknown; the folder's office is told, and no state comes of it."""
    received = office.receive(at("07-27 15:00"))
    fault = Finding("F04", "封面", "B2", None, "", "明湖办事处")
    ledger.record_verdict(received, judged(None, None, findings=[fault], kind=None), Status.RETURNED, at("07-27 15:30"))

    [fact] = ledger.returns(at("07-27 15:30"))["MH"]
    assert (fact.office, fact.week, fact.status, fact.counts) == ("MH", None, Status.RETURNED, False)
    assert ledger.compounds(at("07-27 15:30")) == {}
    assert ledger.return_records()[0].findings == (fault,)


def test_findings_come_back_as_they_were_made(ledger: PostgresLedger, office: Office) -> None:
    """In their order, with their address and reason."""
    made = [finding("D01"), finding("R03", "MH-001", "households"), finding("B02", "MH-002", reason="连片平房，共四户")]
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001")], findings=made)

    assert ledger.return_records()[0].findings == tuple(made)


def test_a_duplicate_is_recorded_and_otherwise_ignored(ledger: PostgresLedger, office: Office) -> None:
    """It stands in the list of returns and not among the facts."""
    first = office.send(at("07-27 15:00"), "2018-W30", sha256=BYTES)
    copy = office.receive(at("07-27 16:00"), "再报.xlsx", BYTES)
    checked = judged(None, None, findings=[finding("F10")], kind=None)
    ledger.record_verdict(copy, checked, Status.DUPLICATE, at("07-27 17:00"))

    assert [fact.return_id for fact in ledger.returns(at("07-28 09:00"))["MH"]] == [first.return_id]
    assert [record.status for record in ledger.return_records()] == [Status.ACCEPTED, Status.DUPLICATE]


@pytest.mark.parametrize(
    ("folder", "fate", "duplicate"),
    [
        ("MH", Status.ACCEPTED, True),
        ("MH", Status.RETURNED, True),
        ("JH", Status.ACCEPTED, True),
        ("JH", Status.RETURNED, False),
    ],
)
def test_the_same_bytes_are_a_duplicate_unless_they_lay_in_the_wrong_folder(
    ledger: PostgresLedger, office: Office, folder: str, fate: Status, duplicate: bool
) -> None:
    """Bytes judged before in this folder, or accepted in any; what went back from another folder may come here."""
    other = Office(ledger, folder)
    first = other.receive(at("07-27 15:00"), "先.xlsx", BYTES)
    ledger.record_verdict(first, judged(folder, "2018-W30"), fate, at("07-27 15:30"))

    again = office.receive(at("07-27 16:00"), "后.xlsx", BYTES)
    new = office.receive(at("07-27 17:00"), "其他.xlsx", "cd" * 32)
    assert ledger.duplicates([again, new]) == ({again.return_id} if duplicate else set())


def test_a_rollup_counts_the_state_of_its_instant(ledger: PostgresLedger, office: Office) -> None:
    """Compounds, those of 数据待补, schemes, committees filed and improvements, as the folded state has them."""
    rows = [
        ledger_row("MH-001"),
        ledger_row("MH-002", line=3),
        ledger_row("MH-003", line=4, verdict=Verdict.REJECTED),
        project_row("MH-001", committee_stage="已备案", filed_on=date(2018, 7, 20), accepted_on=date(2018, 7, 20)),
        project_row("MH-002", line=3, scheme="两委已议定", deliberated_on=date(2018, 7, 20), aim_02="未开始"),
    ]
    office.send(at("07-27 15:00"), "2018-W30", rows)

    assert ledger.rollups(at("07-27 14:59")) == {}
    assert ledger.rollups(at("07-27 15:00")) == {"MH": Rollup("2018-W30", 3, 1, 2, 1, 1, 1)}


def test_runs_of_great_expectations_are_kept_once(ledger: PostgresLedger) -> None:
    """The history holds each batch once for a version of the rules, oldest first."""
    later = ValidationRun(at("08-03 17:00"), "rules-1", (3, 4), {"tables": {"work": {"rows": 12}}})
    earlier = ValidationRun(at("07-27 17:00"), "rules-1", (1, 2), {"tables": {}})
    for run in (later, earlier, later):
        ledger.record_validation(run)

    assert ledger.validations() == [earlier, later]


def test_a_run_over_a_province_is_kept_once(ledger: PostgresLedger) -> None:
    """The ids of so many returns are more than one entry of an index holds."""
    run = ValidationRun(at("08-03 17:00"), "rules-1", tuple(range(3000)), {"tables": {}})
    for _ in range(2):
        ledger.record_validation(run)

    assert ledger.validations() == [run]
