"""From the folders into the ledger: collecting and judging with every real part (returns.md, faults.md §2)."""

import hashlib
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from duban.adapters.expectations import ExpectationsRecord
from duban.adapters.inbox import LocalInbox
from duban.adapters.store import PostgresLedger
from duban.core.errors import ConflictError, InboxError, InternalError, RuleError
from duban.core.gate.frame import Frame
from duban.pipeline import judge
from duban.pipeline.check import Checker, CheckResult
from duban.pipeline.collect import LARGEST_KEPT, Collect
from duban.pipeline.csv_folders import ReturnReader
from duban.pipeline.judge import Judge, next_wave
from duban.pipeline.opened import Book, Known
from duban.pipeline.ports import NewFile, ReceivedReturn, SeenFile
from fakes.house import CUTOFF, EA, EB, OFFICES, House, Today, weekly
from fakes.judged import at
from fakes.made_returns import CHECKER, SUITES


def test_a_return_comes_from_the_folder_into_the_state(house: House) -> None:
    """Archived by its content, judged, counted, and known from its time of receipt on."""
    content = weekly(300)
    house.send(f"{EA}/周报.xlsx", content, at("09-07 10:00"))

    assert house.round(CUTOFF) == {"accepted": 1}
    [received] = house.ledger.returns(CUTOFF)[EA]
    assert (received.received_at, received.week) == (at("09-07 10:00"), "2018-W36")
    assert house.archive.get(house.ledger.return_records()[0].sha256) == content
    assert house.households(EA, at("09-07 10:00")) == [300]
    assert house.households(EA, at("09-07 09:59")) == []


def test_a_second_round_over_the_same_folder_changes_nothing(house: House) -> None:
    """Whatever lies there was taken in once."""
    house.send(f"{EA}/周报.xlsx", weekly(), at("09-07 10:00"))
    house.round(CUTOFF)
    before = house.ledger.return_records(), house.ledger.compounds(CUTOFF)

    assert house.round(CUTOFF + timedelta(hours=1)) == {}
    assert (house.ledger.return_records(), house.ledger.compounds(CUTOFF)) == before


def test_a_replay_sees_no_more_than_had_come(house: House) -> None:
    """Each tick takes in what was there at its instant; one pass at the end gives the same."""
    house.send(f"{EA}/1.xlsx", weekly(100), at("09-07 10:00"))
    house.send(f"{EA}/2.xlsx", weekly(200), at("09-07 15:00"))

    assert house.round(at("09-07 12:00")) == {"accepted": 1}
    assert house.households(EA, at("09-07 12:00")) == [100]
    assert house.round(CUTOFF) == {"accepted": 1}
    assert house.households(EA, CUTOFF) == [200]
    assert house.households(EA, at("09-07 12:00")) == [100]


def test_returns_of_one_office_are_judged_one_upon_the_other(house: House) -> None:
    """Each is compared with the state that the one before it left, though all came in one round."""
    for day, households in ((24, 300), (31, 300)):
        house.send(f"{EA}/8{day}.xlsx", weekly(households, cutoff=f"2018-08-{day}"), at(f"08-{day} 10:00"))
    house.send(f"{EA}/907.xlsx", weekly(900), at("09-07 10:00"))

    assert house.round(CUTOFF) == {"accepted": 3}
    codes = {record.path: {finding.code for finding in record.findings} for record in house.ledger.return_records()}
    assert "C02" not in codes[f"{EA}/831.xlsx"]  # as many households as the week before
    assert "C02" in codes[f"{EA}/907.xlsx"]  # three times as many


def test_one_bad_file_never_harms_another(house: House) -> None:
    """A broken workbook is returned with its finding; the others are accepted in the same round."""
    house.send(f"{EA}/坏.xlsx", b"PK\x03\x04 not really", at("09-07 09:00"))
    house.send(f"{EA}/好.xlsx", weekly(), at("09-07 10:00"))
    house.send(f"{EB}/好.xlsx", weekly(office=EB), at("09-07 10:00"))

    assert house.round(CUTOFF) == {"returned": 1, "accepted": 2}
    [broken] = [record for record in house.ledger.return_records() if record.path.endswith("坏.xlsx")]
    assert [finding.code for finding in broken.findings] == ["F01"]


def test_the_same_bytes_again_are_recorded_and_ignored(house: House) -> None:
    """F10, class D, under whatever name; in one round as in two."""
    content = weekly()
    for name, hour in (("先", 9), ("后", 10), ("又", 11)):
        house.send(f"{EA}/{name}.xlsx", content, at(f"09-07 {hour:02d}:00"))

    assert house.round(at("09-07 10:30")) == {"accepted": 1, "duplicate": 1}
    assert house.round(CUTOFF) == {"duplicate": 1}
    duplicate = house.ledger.return_records()[-1]
    assert [(finding.code, finding.cls.value) for finding in duplicate.findings] == [("F10", "D")]
    assert duplicate.rows == {"read": 0, "accepted": 0, "rejected": 0, "ignored": 0}


def test_a_file_in_the_wrong_folder_counts_when_it_comes_to_the_right_one(house: House) -> None:
    """It goes back with F06 from there; here the same bytes are judged for the first time."""
    content = weekly(office=EA)
    house.send(f"{EB}/放错.xlsx", content, at("09-07 09:00"))
    house.send(f"{EA}/放对.xlsx", content, at("09-07 10:00"))

    assert house.round(CUTOFF) == {"returned": 1, "accepted": 1}
    assert house.fates() == {f"{EB}/放错.xlsx": "returned", f"{EA}/放对.xlsx": "accepted"}


def test_a_changed_file_at_the_same_path_is_a_new_return(house: House) -> None:
    """A clerk corrects the file where it lies."""
    house.send(f"{EA}/周报.xlsx", weekly(100), at("09-07 10:00"))
    house.round(at("09-07 12:00"))
    house.send(f"{EA}/周报.xlsx", weekly(200), at("09-07 14:00"))

    assert house.round(CUTOFF) == {"accepted": 1}
    assert house.households(EA, CUTOFF) == [200]
    assert len(house.ledger.return_records()) == 2


def test_a_crash_between_archive_and_register_loses_nothing(house: House) -> None:
    """The file is found again with its first time of receipt; its content was archived already."""
    house.round(at("09-07 09:00"))
    house.send(f"{EA}/周报.xlsx", weekly(), at("09-07 10:00"))

    class PowerCut(Exception):  # noqa: N818 - an event, not an error of ours
        pass

    class Interrupted(PostgresLedger):
        def register_files(self, archived: Sequence[tuple[NewFile, str]]) -> Sequence[ReceivedReturn]:
            raise PowerCut(str(archived))

    dying = Interrupted.__new__(Interrupted)
    dying.__dict__.update(house.ledger.__dict__)
    with pytest.raises(PowerCut):
        Collect(LocalInbox(house.inbox, Today()), house.archive, dying, house.folders, OFFICES).discover(
            at("09-07 10:30")
        )
    assert house.ledger.unjudged() == []

    assert house.round(CUTOFF) == {"accepted": 1}
    assert [record.received_at for record in house.ledger.return_records()] == [at("09-07 10:00")]


def test_a_crash_between_register_and_judge_loses_nothing(house: House) -> None:
    """What was registered and not judged waits for the next round."""
    house.send(f"{EA}/周报.xlsx", weekly(), at("09-07 10:00"))
    house.collect.discover(at("09-07 12:00"))

    assert house.round(CUTOFF) == {"accepted": 1}


class Faulty(LocalInbox):
    """An inbox of which some things cannot be read."""

    def __init__(self, root: Path, *, folders: Sequence[str] = (), files: Sequence[str] = ()) -> None:
        super().__init__(root, Today())
        self.folders, self.files = folders, files

    def listing(self, offices: Sequence[str], as_of: datetime) -> Sequence[SeenFile]:
        if set(offices) & set(self.folders):
            raise InboxError("the connection was lost")
        return super().listing(offices, as_of)

    def read(self, path: str, limit: int) -> bytes:
        if path in self.files:
            raise InboxError("permission denied")
        return super().read(path, limit)


def test_a_file_that_cannot_be_read_stops_no_other_and_is_tried_again(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """It keeps the time at which it was first seen."""
    house.send(f"{EA}/锁.xlsx", weekly(100), at("09-07 09:00"))
    house.send(f"{EA}/开.xlsx", weekly(200), at("09-07 10:00"))
    faulty = Collect(Faulty(house.inbox, files=[f"{EA}/锁.xlsx"]), house.archive, house.ledger, house.folders, OFFICES)

    with caplog.at_level(logging.WARNING):
        assert house.judge.run(faulty.discover(at("09-07 12:00")), at("09-07 12:00")).counts == {"accepted": 1}
    assert "could not be read" in caplog.text

    assert house.round(CUTOFF) == {"accepted": 1}
    assert [record.received_at for record in house.ledger.return_records()] == [at("09-07 09:00"), at("09-07 10:00")]


def test_a_folder_that_cannot_be_listed_counts_as_not_looked_at(house: House) -> None:
    """Its office is not late for our lost connection, and the others are collected."""
    house.send(f"{EA}/周报.xlsx", weekly(), at("09-07 16:50"))
    house.send(f"{EB}/周报.xlsx", weekly(office=EB), at("09-07 16:50"))
    house.round(at("09-07 16:30"))
    faulty = Collect(Faulty(house.inbox, folders=[EA]), house.archive, house.ledger, house.folders, OFFICES)
    faulty.discover(CUTOFF)

    house.round(CUTOFF + timedelta(hours=1))
    assert {record.received_at for record in house.ledger.return_records()} == {at("09-07 16:50")}
    assert house.ledger.listings_between(EA, at("09-07 16:30"), CUTOFF) == []


def test_a_folder_that_is_gone_counts_as_not_looked_at_once_its_office_has_sent(house: House) -> None:
    """Renamed, or its share lost: nobody is late for that. A folder that was never used is an empty one."""
    house.send(f"{EA}/周报.xlsx", weekly(), at("09-07 09:00"))
    house.round(at("09-07 10:00"))
    (house.inbox / EA).rename(house.inbox / f"{EA}-old")
    house.round(CUTOFF)

    assert house.ledger.listings_between(EA, at("09-07 10:00"), CUTOFF) == []
    assert house.ledger.listings_between(EB, at("09-07 10:00"), CUTOFF) != []


def test_an_inbox_of_which_no_folder_can_be_listed_is_an_error(house: House) -> None:
    """Nobody may take an outage for a week without returns."""
    faulty = Collect(Faulty(house.inbox, folders=OFFICES), house.archive, house.ledger, house.folders, OFFICES)

    with pytest.raises(InboxError, match="connection was lost"):
        faulty.discover(CUTOFF)


def test_a_file_that_changed_while_it_was_read_comes_with_the_next_listing(house: House) -> None:
    """What was listed is what is archived, or nothing is."""

    class Swapping(LocalInbox):
        def read(self, path: str, limit: int) -> bytes:
            return super().read(path, limit) + b"more"

    house.send(f"{EA}/周报.xlsx", weekly(), at("09-07 10:00"))
    swapping = Collect(Swapping(house.inbox, Today()), house.archive, house.ledger, house.folders, OFFICES)

    assert swapping.discover(at("09-07 12:00")) == ()
    assert house.round(CUTOFF) == {"accepted": 1}


def test_an_enormous_file_is_returned_as_too_large(house: House) -> None:
    """A film in the folder neither fills the memory nor goes without an answer."""
    house.send(f"{EA}/片.xlsx", b"", at("09-07 10:00"))
    os.truncate(house.inbox / EA / "片.xlsx", 3 * LARGEST_KEPT)  # a hole: it takes no room on the disk
    os.utime(house.inbox / EA / "片.xlsx", (at("09-07 10:00").timestamp(),) * 2)

    assert house.round(CUTOFF) == {"returned": 1}
    assert [finding.code for finding in house.ledger.return_records()[0].findings] == ["F08"]


class Deaf(ExpectationsRecord):
    """A record that misses what it should have found."""

    def validate(self, batch: Mapping[int, Mapping[str, Frame]], parameters: Mapping[str, Any]) -> Any:
        return replace(super().validate(batch, parameters), spots=frozenset())


def test_nothing_of_a_wave_is_recorded_when_the_record_disagrees(house: House, reader: ReturnReader) -> None:
    """Fail closed: neither the return that they differ over nor its neighbour; a later round judges both."""
    house.send(f"{EA}/周报.xlsx", weekly(-1), at("09-07 10:00"))
    house.send(f"{EB}/周报.xlsx", weekly(office=EB), at("09-07 10:00"))
    ids = house.collect.discover(CUTOFF)
    deaf = Judge(house.archive, house.ledger, reader, CHECKER, Deaf(SUITES))

    with pytest.raises(RuleError, match="disagree"):
        deaf.run(ids, CUTOFF)
    assert house.ledger.return_records() == []

    assert house.round(CUTOFF) == {"partial": 1, "accepted": 1}


def test_every_validation_is_kept_in_the_history(house: House) -> None:
    """One run a wave, with its returns and counts and without a cell's value."""
    house.send(f"{EA}/周报.xlsx", weekly(), at("09-07 10:00"))
    house.send(f"{EB}/周报.xlsx", weekly(office=EB), at("09-07 11:00"))
    house.round(CUTOFF)

    [run] = house.ledger.validations()
    assert run.returns == tuple(sorted(record.return_id for record in house.ledger.return_records()))
    assert run.rules_version == CHECKER.rules_version
    assert run.summary["tables"]["work"]["rows"] == 2
    assert "紫荆小区" not in str(run.summary)


def test_a_damaged_archive_keeps_no_earlier_file_from_being_registered(house: House) -> None:
    """What was archived before it is registered, though files are registered together; the damage is raised."""
    house.send(f"{EA}/周报.xlsx", weekly(), at("09-07 10:00"))
    content = weekly(office=EB)
    house.send(f"{EB}/周报.xlsx", content, at("09-07 11:00"))
    damaged = house.archive.path(hashlib.sha256(content).hexdigest())
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"other bytes")

    with pytest.raises(ConflictError, match="is damaged"):
        house.collect.discover(CUTOFF)

    assert [received.path for received in house.ledger.unjudged()] == [f"{EA}/周报.xlsx"]


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that the database is sent meanwhile."""
    asked: list[str] = []

    def noted(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", noted)
    yield asked
    event.remove(engine, "before_cursor_execute", noted)


def test_returns_of_many_offices_are_asked_about_together(house: House, engine: Engine) -> None:
    """Two returns cost no more statements than one: they are registered, asked about and recorded together."""

    def statements(cutoff: str, *offices: str) -> int:
        for office in offices:
            house.send(f"{office}/{cutoff}.xlsx", weekly(office=office, cutoff=cutoff), at(f"{cutoff[5:]} 10:00"))
        with counted(engine) as asked:
            assert house.round(at(f"{cutoff[5:]} 17:00")) == {"accepted": len(offices)}
        return len(asked)

    alone = statements("2018-08-31", EA)
    assert statements("2018-09-07", EA, EB) <= alone


class Stumbling(Checker):
    """A checker with a fault of ours that one workbook brings out."""

    def judge(self, opened: Book, known: Known) -> CheckResult:
        result = super().judge(opened, known)
        if any(row.values.get("households") == 666 for row in result.checked.rows):
            raise ZeroDivisionError
        return result


def test_a_fault_of_ours_over_one_return_keeps_back_its_office_alone(
    house: House, reader: ReturnReader, record: ExpectationsRecord
) -> None:
    """The others are recorded, the fault is raised; once it is mended the office's returns follow in their order."""
    house.send(f"{EA}/1.xlsx", weekly(666, cutoff="2018-08-31"), at("09-03 10:00"))
    house.send(f"{EA}/2.xlsx", weekly(222), at("09-07 10:00"))
    house.send(f"{EB}/1.xlsx", weekly(office=EB), at("09-07 11:00"))
    stumbling = Stumbling.__new__(Stumbling)
    stumbling.__dict__.update(CHECKER.__dict__)
    ids = house.collect.discover(CUTOFF)

    with pytest.raises(InternalError, match="could not be judged"):
        Judge(house.archive, house.ledger, reader, stumbling, record).run(ids, CUTOFF)
    assert house.fates() == {f"{EB}/1.xlsx": "accepted"}

    assert house.round(CUTOFF) == {"accepted": 2}
    assert house.households(EA, CUTOFF) == [222]


class Unstorable(Checker):
    """A checker whose verdict on one workbook the database refuses."""

    def judge(self, opened: Book, known: Known) -> CheckResult:
        result = super().judge(opened, known)
        strange = any(row.values.get("households") == 666 for row in result.checked.rows)
        return replace(result, checked=replace(result.checked, week="this one")) if strange else result


def test_a_verdict_that_cannot_be_recorded_keeps_no_other_from_being_recorded(
    house: House, reader: ReturnReader, record: ExpectationsRecord
) -> None:
    """Many are recorded in one transaction; when one of them is refused each is recorded by itself."""
    house.send(f"{EA}/1.xlsx", weekly(666), at("09-07 10:00"))
    house.send(f"{EB}/1.xlsx", weekly(office=EB), at("09-07 11:00"))
    strange = Unstorable.__new__(Unstorable)
    strange.__dict__.update(CHECKER.__dict__)

    with pytest.raises(InternalError, match="could not be judged"):
        Judge(house.archive, house.ledger, reader, strange, record).run(house.collect.discover(CUTOFF), CUTOFF)
    assert house.fates() == {f"{EB}/1.xlsx": "accepted"}

    assert house.round(CUTOFF) == {"accepted": 1}


def test_only_the_returns_asked_for_are_judged(house: House) -> None:
    """A chunk judges its own ids; ids that have their verdict are passed over."""
    house.send(f"{EA}/周报.xlsx", weekly(), at("09-07 10:00"))
    house.send(f"{EB}/周报.xlsx", weekly(office=EB), at("09-07 11:00"))
    first, second = house.collect.discover(CUTOFF)

    assert house.judge.run([first], CUTOFF).ids == (first,)
    assert house.judge.run([first, second], CUTOFF).ids == (second,)


def received(return_id: int, office: str, sha256: str = "") -> ReceivedReturn:
    return ReceivedReturn(return_id, office, f"{office}/{return_id}.xlsx", sha256 or str(return_id), at("09-07 10:00"))


@pytest.mark.parametrize(
    ("waiting", "held_back", "wave"),
    [
        ([], set(), []),
        ([received(1, "EA"), received(2, "EB"), received(3, "EA")], set(), [1, 2]),
        ([received(1, "EA"), received(2, "EB")], {"EA"}, [2]),
        ([received(1, "EA", "x"), received(2, "EB", "x"), received(3, "EB")], set(), [1]),
    ],
    ids=[
        "nothing waits",
        "the first of each office",
        "an office held back",
        "the same bytes wait, and hold their office",
    ],
)
def test_a_wave_is_the_first_return_of_each_office(
    waiting: list[ReceivedReturn], held_back: set[str], wave: list[int]
) -> None:
    """In the order of receipt, never two of one office or of the same bytes."""
    assert [one.return_id for one in next_wave(waiting, held_back)] == wave


def test_a_wave_is_no_larger_than_what_may_be_in_memory_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the number of offices; the others follow in the next one."""
    monkeypatch.setattr(judge, "LARGEST_WAVE", 2)
    waiting = [received(number, f"E{number}") for number in range(5)]

    assert [one.return_id for one in next_wave(waiting, set())] == [0, 1]
