"""What the bureau decides, from the decision to the verdicts and the counts (issue 3, item 8; domain.md §5)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from duban.adapters.archive import FileArchive
from duban.adapters.expectations import ExpectationsRecord
from duban.adapters.inbox import LocalInbox
from duban.adapters.store import PostgresDecisions, PostgresLedger, create_engine
from duban.core.amendments import Change, Proposal
from duban.core.errors import UsageError
from duban.core.state import fold
from duban.core.waivers import COMMITTEE, Waiver
from duban.pipeline.amend_baseline import AmendBaseline
from duban.pipeline.assess import Assess
from duban.pipeline.collect import Collect
from duban.pipeline.csv_folders import CsvFolders, ReturnReader
from duban.pipeline.judge import Judge
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.waive import Waive
from fakes.house import EA, OFFICES, House, Today, workbook
from fakes.judged import at
from fakes.made_returns import AIMS, CHECKER, MADE_PLAN, WEEKS, book

UNSUITED = {"committee_stage": "暂不具备条件"}
CROWDED = {"households": 9000}
WHY = {"code": "B02", "compound_id": "EA-001", "reason": "连片平房，户数属实"}


@pytest.fixture
def plan() -> str:
    """The ledger keeps this plan's returns under its own key."""
    return MADE_PLAN.key


@pytest.fixture
def engine(databases: Iterator[str]) -> Iterator[Engine]:
    """A database of its own for each test: all are of one plan."""
    opened = create_engine(next(databases))
    yield opened
    opened.dispose()


@pytest.fixture
def ledger(engine: Engine, plan: str) -> PostgresLedger:
    return PostgresLedger(engine, plan, fold, tuple(key for key, _ in AIMS))


@pytest.fixture
def decisions(engine: Engine, plan: str) -> PostgresDecisions:
    return PostgresDecisions(engine, plan)


@pytest.fixture
def house(
    tmp_path: Path,
    ledger: PostgresLedger,
    decisions: PostgresDecisions,
    reader: ReturnReader,
    record: ExpectationsRecord,
) -> House:
    """A house whose judge knows the bureau's decisions."""
    inbox, archive = tmp_path / "inbox", FileArchive(tmp_path / "archive")
    inbox.mkdir()
    folders = CsvFolders(reader, CHECKER)
    collect = Collect(LocalInbox(inbox, Today()), archive, ledger, folders, OFFICES)
    judge = Judge(archive, ledger, reader, CHECKER, record, decisions=decisions)
    return House(inbox, archive, ledger, folders, collect, judge)


def sent(house: House, day: str, week: str, *, kind: str = "正常报送", **tables: Any) -> ReturnRecord:
    """What became of a workbook of EA that came at 10:00 of a day of 2018, for the week with this cut-off."""
    path = f"{EA}/{day}.xlsx"
    house.send(path, workbook(book(**tables, cover={"week": week, "kind": kind})), at(f"{day} 10:00"))
    house.round(at(f"{day} 12:00"))
    return house.records()[path]


def told(record: ReturnRecord, classes: str = "AB") -> list[tuple[str, str | None]]:
    return [(finding.code, finding.reason) for finding in record.findings if finding.cls.value in classes]


def rows(*numbers: int, **changes: Any) -> list[Mapping[str, Any]]:
    return [{"compound_id": f"EA-{n:03d}", "name": f"小区{n}", **changes} for n in numbers]


# ── reasons ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_reason_counts_in_the_weeks_after_it_until_the_value_changes(house: House) -> None:
    """Given once, in the first week; a zero report in between changes nothing."""
    first = sent(house, "09-07", "2018-09-07", work=[CROWDED], reasons=[WHY])
    zero = sent(house, "09-14", "2018-09-14", kind="零报告", work=[], project=[], activities=[])
    again = sent(house, "09-21", "2018-09-21", work=[CROWDED])
    other = sent(house, "09-28", "2018-09-28", work=[{"households": 8000}])

    returns = (first, zero, again, other)
    assert [told(one) for one in returns] == [[("B02", WHY["reason"])], [], [("B02", WHY["reason"])], [("B02", None)]]
    assert [one.status.value for one in returns] == ["accepted", "accepted", "accepted", "partial"]


# ── waivers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


DECIDED = at("09-10 09:00")


def waiver(rule: str = "B02", *, until: date = date(2018, 9, 14), decided_at: datetime = DECIDED) -> Waiver:
    return Waiver(rule, "EA-001", until, "现场核实属实", "王主任", decided_at)


@pytest.fixture
def waive(ledger: PostgresLedger, decisions: PostgresDecisions) -> Waive:
    return Waive(MADE_PLAN, ledger, decisions)


def test_a_waiver_lifts_its_rule_for_what_is_received_while_it_is_in_force(house: House, waive: Waive) -> None:
    """Not for what came before it was decided, nor after its last day."""
    before = sent(house, "09-07", "2018-09-07", work=[CROWDED])
    waive.run(waiver())
    during = sent(house, "09-14", "2018-09-14", work=[CROWDED])
    after = sent(house, "09-21", "2018-09-21", work=[CROWDED])

    assert [one.status.value for one in (before, during, after)] == ["partial", "accepted", "partial"]
    assert [told(one) for one in (before, during, after)] == [[("B02", None)], [], [("B02", None)]]
    assert "D07" in {finding.code for finding in during.findings}


def test_a_waiver_is_ended_by_deciding_again(house: House, waive: Waive, decisions: PostgresDecisions) -> None:
    """With a last day that has passed."""
    sent(house, "09-07", "2018-09-07")
    waive.run(waiver(until=date(2018, 12, 31)))
    waive.run(waiver(until=date(2018, 9, 11), decided_at=at("09-12 09:00")))

    assert [len(decisions.waivers(at(moment))) for moment in ("09-11 09:00", "09-12 09:00")] == [1, 0]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"rule": "R01"}, "不能豁免"),
        ({"rule": "b02"}, "不能豁免"),
        ({"compound": "ZZ-001"}, "不是办事处代码"),
        ({"compound": "EA-099"}, "没有收到过"),
        ({"until": date(2018, 9, 9)}, "已过"),
        ({"reason": " "}, "--reason"),
        ({"by": ""}, "--by"),
    ],
)
def test_a_slip_of_the_pen_waives_nothing(
    house: House, waive: Waive, decisions: PostgresDecisions, changed: Mapping[str, Any], says: str
) -> None:
    """Told in a sentence; nothing is recorded."""
    sent(house, "09-07", "2018-09-07")
    with pytest.raises(UsageError, match=says):
        waive.run(replace(waiver(), **changed))

    assert decisions.waivers(at("12-31 12:00")) == []


def test_a_compound_recorded_as_unsuited_leaves_the_committees(
    house: House, waive: Waive, decisions: PostgresDecisions
) -> None:
    """暂不具备成立条件: out of the denominator of committees while it holds, in that of improvements all along."""
    sent(house, "08-03", "2018-08-03", work=rows(1, 2, 3, 4), project=[])
    sent(house, "09-07", "2018-09-07", work=rows(1, 2, 3, 4), project=rows(1, 2, 3, 4))
    waive.run(waiver(COMMITTEE))
    assess = Assess(MADE_PLAN, WEEKS, house.ledger, decisions)

    required = [
        (assess.at(moment).of(EA).committees.required, assess.at(moment).of(EA).improvements.required)
        for moment in (at("09-09 09:00"), at("09-10 09:00"), at("09-17 09:00"))
    ]
    assert required == [(2, 2), (1, 2), (2, 2)]  # 30 % of 4 and of 3 compounds, rounded up


# ── the baseline ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def amending(house: House, decisions: PostgresDecisions) -> AmendBaseline:
    """An office whose baseline of three compounds is frozen; then one came and one went."""
    sent(house, "08-03", "2018-08-03", work=rows(1, 2, 3), project=[])
    sent(house, "08-10", "2018-08-10", work=rows(1, 2, 4), project=[])
    assess = Assess(MADE_PLAN, WEEKS, house.ledger, decisions)
    return AmendBaseline(MADE_PLAN, assess.facts, house.ledger, decisions)


def proposed(amending: AmendBaseline, moment: str) -> list[tuple[str, Change]]:
    return [(proposal.compound, proposal.change) for proposal in amending.proposals(at(moment))]


def base(house: House, decisions: PostgresDecisions, moment: str) -> set[str]:
    [facts] = [f for f in Assess(MADE_PLAN, WEEKS, house.ledger, decisions).facts(at(moment)) if f.office == EA]
    assert facts.baseline is not None
    return set(facts.baseline.compounds)


def test_what_came_and_went_since_the_freeze_is_proposed_with_the_return_that_told_it(
    amending: AmendBaseline, house: House
) -> None:
    """Before the freeze there is nothing to propose, nor is anything counted by itself."""
    second = house.records()[f"{EA}/08-10.xlsx"]

    assert amending.proposals(at("08-03 16:00")) == []
    assert amending.proposals(at("08-13 09:00")) == [
        Proposal(EA, "EA-004", "小区4", Change.ADD, second.received_at, second.return_id),
        Proposal(EA, "EA-003", "小区3", Change.REMOVE, second.received_at, second.return_id),
    ]


def test_only_the_bureau_switches_a_proposal_in(
    amending: AmendBaseline, house: House, decisions: PostgresDecisions
) -> None:
    """From the moment of the decision on; what was known before stays as it was."""
    assert base(house, decisions, "08-13 09:00") == {"EA-001", "EA-002", "EA-003"}
    for change, compound in ((Change.ADD, "EA-004"), (Change.REMOVE, "EA-003")):
        amending.run(change, compound, reason="已核实", by="王主任", decided_at=at("08-14 09:00"))

    assert base(house, decisions, "08-13 09:00") == {"EA-001", "EA-002", "EA-003"}
    assert base(house, decisions, "08-14 09:00") == {"EA-001", "EA-002", "EA-004"}
    assert proposed(amending, "08-14 09:00") == []


def test_what_the_bureau_took_out_is_not_proposed_again(amending: AmendBaseline) -> None:
    """It is still known and still in scope: the decision has been made."""
    amending.run(Change.REMOVE, "EA-002", reason="已拆迁", by="王主任", decided_at=at("08-14 09:00"))

    assert ("EA-002", Change.ADD) not in proposed(amending, "08-15 09:00")


@pytest.mark.parametrize(
    ("change", "compound", "moment", "says"),
    [
        (Change.ADD, "EA-001", "08-14 09:00", "已在"),
        (Change.REMOVE, "EA-004", "08-14 09:00", "不在"),
        (Change.ADD, "EA-099", "08-14 09:00", "没有收到过"),
        (Change.REMOVE, "EA-001", "08-03 16:00", "尚未确定"),
    ],
)
def test_an_amendment_that_changes_nothing_is_refused(
    amending: AmendBaseline, change: Change, compound: str, moment: str, says: str
) -> None:
    """Told in a sentence."""
    with pytest.raises(UsageError, match=says):
        amending.run(change, compound, reason="已核实", by="王主任", decided_at=at(moment))
