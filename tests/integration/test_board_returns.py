"""What the page 报送 counts of each return."""

from sqlalchemy import Engine

from duban.adapters.store.board import PostgresBoard
from duban.core.findings import FindingClass, class_of
from fakes.house import CUTOFF, EA, House, weekly
from fakes.judged import at


def test_a_hint_is_no_finding_that_wants_something_of_the_office(house: House, engine: Engine, plan: str) -> None:
    """A number with its unit is put right by itself: told as 提示, and after all that has to be looked at."""
    house.send(f"{EA}/周报.xlsx", weekly("300 户"), at("09-07 10:00"))
    house.round(CUTOFF)
    board = PostgresBoard(engine, plan)

    [line] = board.week_returns(["2018-W36"], [EA], CUTOFF)
    told = [finding.cls for record in house.ledger.return_records() for finding in record.findings]
    hints = told.count(FindingClass.D)
    assert hints > 0
    assert (line.findings, line.hints) == (len(told) - hints, hints)
    codes = [class_of(code) for code, _ in board.finding_codes([EA], at("09-01 00:00"), CUTOFF)]
    assert codes == sorted(codes, key=lambda cls: cls is FindingClass.D)
