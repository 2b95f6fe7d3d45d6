"""An office may send so much a day and no more; the rest waits in its folder, and nobody else waits with it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from duban.adapters.expectations import ExpectationsRecord
from duban.adapters.shelf import FileShelf
from duban.adapters.store import PostgresLedger
from duban.core.limits import MEGABYTE, Limits
from duban.core.plan import Office
from duban.pipeline.csv_folders import ReturnReader
from duban.pipeline.limit_offices import LimitOffices
from fakes.house import CUTOFF, EA, EB, House, open_house, weekly
from fakes.judged import at
from fakes.made_returns import CHECKER
from fakes.small_plan import DECIDED, SMALL_PLAN

LIMITS = Limits(files_a_day=2, megabytes_a_file=1)
NOTICE = "收件超限-2018-09-07.txt"


@pytest.fixture
def outbox(tmp_path: Path) -> FileShelf:
    return FileShelf(tmp_path / "outbox")


@pytest.fixture
def house(
    tmp_path: Path, ledger: PostgresLedger, reader: ReturnReader, record: ExpectationsRecord, outbox: FileShelf
) -> House:
    offices = (Office(EA, "东一办事处", DECIDED), Office(EB, "东二办事处", DECIDED))
    plan = replace(SMALL_PLAN, offices=offices, limits=LIMITS)
    limit = LimitOffices(plan, ledger.taken_on, outbox)
    return open_house(tmp_path, ledger, reader, record, CHECKER, limit=limit)


def flood(house: House) -> None:
    """Four files of one office in an hour, and one of another after them."""
    for number in range(4):
        house.send(f"{EA}/{number}.xlsx", weekly(300 + number), at(f"09-07 10:0{number}"))
    house.send(f"{EB}/周报.xlsx", weekly(office=EB), at("09-07 10:30"))


def told(outbox: FileShelf) -> str:
    return outbox.get(f"{EA}/{NOTICE}").decode("utf-8-sig")


def test_what_is_beyond_the_days_number_is_left_and_others_are_taken(house: House) -> None:
    """First come, first taken; the other office is not kept waiting."""
    flood(house)
    house.round(CUTOFF)

    assert set(house.fates()) == {f"{EA}/0.xlsx", f"{EA}/1.xlsx", f"{EB}/周报.xlsx"}
    assert (house.inbox / EA / "3.xlsx").exists()


def test_a_second_listing_of_the_day_takes_no_more(house: House) -> None:
    """The number is that of a day, not of a listing."""
    flood(house)
    house.round(CUTOFF)
    house.round(CUTOFF + timedelta(minutes=30))

    assert len(house.fates()) == 3


def test_the_next_day_goes_on_with_the_time_of_receipt_unchanged(house: House) -> None:
    """Who had to wait is not late for it."""
    flood(house)
    house.round(CUTOFF)
    house.round(CUTOFF + timedelta(days=1))

    received = {record.path: record.received_at for record in house.ledger.return_records()}
    assert received[f"{EA}/3.xlsx"] == at("09-07 10:03")
    assert len(received) == 5


def test_a_file_that_is_too_large_is_never_read(house: House) -> None:
    """Neither today nor tomorrow, and it takes nothing from the day's number."""
    house.send(f"{EA}/大.xlsx", b"x" * (MEGABYTE + 1), at("09-07 09:00"))
    flood(house)
    house.round(CUTOFF)

    assert f"{EA}/大.xlsx" not in house.fates()
    assert f"{EA}/1.xlsx" in house.fates()


def test_the_office_is_told_once_where_what_and_what_to_do(house: House, outbox: FileShelf) -> None:
    """One notice a day, in its own folder; whoever sent nothing too much gets none."""
    house.send(f"{EA}/大.xlsx", b"x" * (2 * MEGABYTE), at("09-07 09:00"))
    flood(house)
    house.round(CUTOFF)
    first = told(outbox)
    house.send(f"{EA}/又一份.xlsx", weekly(400), at("09-07 17:10"))
    house.round(CUTOFF + timedelta(minutes=30))

    assert told(outbox) == first
    assert list(outbox.paths()) == [f"{EA}/{NOTICE}"]
    parts = ("东一办事处", "有 3 个文件", f"{EA}/大.xlsx", "1 兆字节", f"{EA}/2.xlsx", "一天最多收取 2 个", "怎么办")
    assert [part for part in parts if part not in first] == []


def test_without_limits_everything_is_taken(
    tmp_path: Path, ledger: PostgresLedger, reader: ReturnReader, record: ExpectationsRecord, outbox: FileShelf
) -> None:
    """A plan need not say how much."""
    limit = LimitOffices(SMALL_PLAN, ledger.taken_on, outbox)
    house = open_house(tmp_path, ledger, reader, record, CHECKER, limit=limit)
    flood(house)
    house.round(CUTOFF)

    assert len(house.fates()) == 5
