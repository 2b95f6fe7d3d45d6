"""What the ledger promises of its writes: once, whole, and never changed (faults.md, I1 and I6)."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from psycopg.errors import CheckViolation
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from duban.adapters.store import PostgresLedger, create_engine, statements
from duban.adapters.store.encoding import RowCodec
from duban.core.checked import CheckedReturn, CheckedRow, Status, Verdict
from duban.core.errors import ConflictError, UsageError
from duban.core.state import DatedReturn, fold, fold_season
from duban.pipeline.ports import Judged, NewFile, ReceivedReturn
from fakes.judged import AIMS, Office, activity_row, at, finding, households, judged, ledger_row, project_row

TABLES = ("listing", "sighting", "received", "verdict", "finding", "return_row", "activity", "rollup",
          "compound_state", "pointer")  # fmt: skip
WHOLE = "select whole::text from duban.{} as whole where plan = :plan"
Contents = Callable[[], dict[str, list[Any]]]

VERBS = {"close", "copy", "delete", "insert", "lock", "release", "select", "settle", "take", "update"}


@pytest.fixture
def contents(engine: Engine, plan: str) -> Contents:
    """Tells every row of the ledger."""

    def told() -> dict[str, list[Any]]:
        with engine.connect() as connection:
            return {
                table: sorted(connection.execute(text(WHOLE.format(table)), {"plan": plan}).scalars())
                for table in TABLES
            }

    return told


def full_return(week: str = "2018-W30") -> CheckedReturn:
    rows = [
        ledger_row("MH-001"),
        ledger_row("MH-002", line=3, verdict=Verdict.REJECTED),
        CheckedRow("work", 4, Verdict.IGNORED, None, {}, "total"),
        project_row("MH-001", filed_on=date(2018, 7, 20), funds=Decimal("12.50")),
        activity_row(date(2018, 7, 21)),
    ]
    return judged("MH", week, rows, [finding("R04", "MH-002", "households"), finding("D01")])


def test_recording_a_verdict_again_changes_nothing(contents: Contents, ledger: PostgresLedger, office: Office) -> None:
    """A task that is run twice leaves what one run leaves."""
    received = office.receive(at("07-27 10:00"))
    ledger.record_verdict(received, full_return(), Status.PARTIAL, at("07-27 10:30"))
    once = contents()

    ledger.record_verdict(received, full_return(), Status.PARTIAL, at("07-27 11:00"))

    assert contents() == once


def test_a_file_is_registered_once(ledger: PostgresLedger, office: Office) -> None:
    """The same path, modification time and bytes are the same file; the second time tells nobody."""
    received = office.receive(at("07-27 10:00"))
    [waiting] = ledger.unjudged()

    assert waiting == received
    with pytest.raises(KeyError):  # the listing tells of no new file
        office.receive(at("07-27 10:00"))


def test_every_row_is_accounted_for(engine: Engine, plan: str, ledger: PostgresLedger, office: Office) -> None:
    """Rows read are rows accepted, rejected and ignored, and each of them stands in the ledger with its reason."""
    received = office.receive(at("07-27 10:00"))
    ledger.record_verdict(received, full_return(), Status.PARTIAL, at("07-27 10:30"))

    [record] = ledger.return_records()
    assert record.rows == {"read": 5, "accepted": 3, "rejected": 1, "ignored": 1}
    with engine.connect() as connection:
        stored = connection.execute(
            text("select table_key, row, verdict, reason from duban.return_row where plan = :plan order by position"),
            {"plan": plan},
        )
        assert [tuple(row) for row in stored] == [
            ("work", 2, "accepted", None),
            ("work", 3, "rejected", "R04"),
            ("work", 4, "ignored", "total"),
            ("project", 2, "accepted", None),
            ("activities", 2, "accepted", None),
        ]


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([ledger_row("MH-001"), ledger_row("MH-001")], Status.ACCEPTED),
        ([CheckedRow("work", 2, Verdict.IGNORED, None, {}, None)], Status.ACCEPTED),
        ([ledger_row("MH-001", verdict=Verdict.REJECTED)], Status.ACCEPTED),
    ],
    ids=["one line twice", "ignored for no reason", "accepted although a row was rejected"],
)
def test_a_verdict_that_does_not_add_up_is_refused_whole(
    contents: Contents, ledger: PostgresLedger, office: Office, rows: list[CheckedRow], status: Status
) -> None:
    """The database itself holds to the accounting; nothing of a refused verdict remains."""
    received = office.receive(at("07-27 10:00"))
    before = contents()

    with pytest.raises(Exception, match=r"violates (check|unique) constraint"):
        ledger.record_verdict(received, judged("MH", "2018-W30", rows), status, at("07-27 10:30"))

    assert contents() == before


def test_a_return_cannot_count_for_another_office(contents: Contents, ledger: PostgresLedger, office: Office) -> None:
    """Whatever the gate says, a folder's file never changes another office's figures."""
    received = office.receive(at("07-27 10:00"))
    before = contents()

    with pytest.raises(ConflictError, match="of MH cannot count for JH"):
        ledger.record_verdict(received, judged("JH", "2018-W30"), Status.ACCEPTED, at("07-27 10:30"))

    assert contents() == before


def test_a_crash_in_the_middle_leaves_nothing_half_recorded(
    engine: Engine, plan: str, contents: Contents, office: Office
) -> None:
    """When folding fails the verdict is not there either, and the return still waits for judgement."""

    def broken(*_: object) -> dict[str, Any]:
        raise ZeroDivisionError

    received = office.receive(at("07-27 10:00"))
    before = contents()
    failing = PostgresLedger(engine, plan, broken, AIMS)

    with pytest.raises(ZeroDivisionError):
        failing.record_verdict(received, full_return(), Status.PARTIAL, at("07-27 10:30"))

    assert contents() == before
    assert failing.unjudged() == [received]


@pytest.mark.parametrize(
    "change", ["update duban.{} set plan = plan", "delete from duban.{}", "truncate duban.{} cascade"]
)
def test_what_was_recorded_cannot_be_changed(engine: Engine, change: str) -> None:
    """Nothing received is ever deleted or rewritten, by whatever hand."""
    for table in (table for table in TABLES if table != "pointer"):
        with engine.connect() as connection, pytest.raises(ProgrammingError, match="is append-only"):
            connection.execute(text(change.format(table)))


def test_a_pointer_is_closed_once_and_never_reopened(engine: Engine, office: Office) -> None:
    """The one column that is ever set is set once."""
    office.send(at("07-27 10:00"), "2018-W30")
    office.send(at("07-27 11:00"), "2018-W30", name="更正.xlsx")

    for change in (
        "update duban.pointer set known_until = 'infinity' where version = 1",
        "update duban.pointer set known_from = known_from - interval '1 day'",
        "delete from duban.pointer",
    ):
        with engine.connect() as connection, pytest.raises(ProgrammingError, match="is append-only"):
            connection.execute(text(change))


def test_a_file_that_no_listing_showed_is_refused(ledger: PostgresLedger, office: Office) -> None:
    """A return always has its sighting, from which its time of receipt follows."""
    moment = at("07-27 10:00")
    with pytest.raises(IntegrityError):
        ledger.register_files([(NewFile("MH", "MH/x.xlsx", 1, moment, moment), "0" * 64)])


HOSTILE = "a\x00b\ud800c\U0002a6b2{{ 7*7 }}\\x00\t\n"


def test_no_text_is_too_strange_to_be_kept(ledger: PostgresLedger, office: Office) -> None:
    """NUL and lone surrogates are replaced, everything else is kept to the letter."""
    received = office.receive(at("07-27 10:00"), name="{{ conn.x }}\n'; drop.xlsx")
    strange = finding("R03", HOSTILE, "households", HOSTILE)
    rows = [ledger_row("MH-001", name=HOSTILE, verdict=Verdict.REJECTED, households=10**309)]
    checked = judged("MH", "2018-W30", rows, [strange])
    ledger.record_verdict(received, checked, checked.status, at("07-27 10:30"))

    [record] = ledger.return_records()
    compound = ledger.compounds(at("07-27 10:30"))["MH"]["MH-001"]
    kept = "a\ufffdb\ufffdc\U0002a6b2{{ 7*7 }}\\x00\t\n"
    assert (record.path, record.findings[0].reason) == (received.path, kept)
    assert (compound.name, compound.households) == (kept, 10**309)


def together(ledger: PostgresLedger, offices: Sequence[str], moment: str, week: str, households: int) -> list[Judged]:
    """A return of each office for `week`, received at one moment and not yet recorded."""
    return [
        Judged(
            Office(ledger, code).receive(at(moment), f"{week} {moment}.xlsx"),
            judged(code, week, [ledger_row(f"{code}-001", households=households), project_row(f"{code}-001")]),
            Status.ACCEPTED,
        )
        for code in offices
    ]


def test_verdicts_recorded_together_leave_what_each_by_itself_would(contents: Contents, ledger: PostgresLedger) -> None:
    """Each office's weeks are folded in their order, a late return and one that came too late for its week included."""
    waves = [
        together(ledger, ("MH", "JH", "ZH"), "07-27 10:00", "2018-W30", 300),
        together(ledger, ("JH", "MH"), "08-03 10:00", "2018-W31", 310),
        [
            *together(ledger, ("MH",), "08-03 11:00", "2018-W30", 320),
            *together(ledger, ("JH",), "08-03 12:00", "2018-W32", 330),
        ],
    ]
    for wave in waves:
        ledger.record_verdicts(wave, at("08-04 10:00"))
        ledger.record_verdicts(wave, at("08-04 11:00"))  # again: nothing changes

    sent = [DatedReturn(one.received.path, one.received.received_at, one.checked) for wave in waves for one in wave]
    assert ledger.compounds(at("08-30 10:00")) == fold_season(sent, at("08-30 10:00"), AIMS)
    told = {table: len(rows) for table, rows in contents().items()}
    assert (told["verdict"], told["rollup"], told["pointer"], told["compound_state"]) == (7, 8, 8, 8)


def test_of_verdicts_recorded_together_all_are_there_or_none(contents: Contents, ledger: PostgresLedger) -> None:
    """One that is refused takes the others of its transaction with it; they wait for their verdicts as before."""
    good, bad = together(ledger, ("JH", "MH"), "07-27 10:00", "2018-W30", 300)
    before = contents()

    with pytest.raises(CheckViolation, match="check constraint"):
        ledger.record_verdicts([good, bad._replace(status=Status.PARTIAL)], at("07-27 10:30"))

    assert contents() == before
    assert {one.office for one in ledger.unjudged()} == {"JH", "MH"}


def test_cells_come_back_typed_as_they_were() -> None:
    """Dates, decimals with their places and whole numbers survive JSON; unreadable ones stay what they were."""
    codec = RowCodec(AIMS)
    values = {
        "compound_id": "MH-001",
        "filed_on": date(2018, 9, 10),
        "funds": Decimal("12.50"),
        "problem": "2018-09-10",
        "accepted_on": "八月",
        "self_raised": "约3",
        "scheme": None,
    }

    row = project_row("MH-001", **values)
    assert codec.decode("project", json.loads(codec.encode(row))) == dict(row.values)
    assert codec.as_stored(row) == row
    strange = ledger_row("MH-001", name=HOSTILE)
    assert codec.as_stored(strange).values == codec.decode("work", json.loads(codec.encode(strange)))
    assert str(codec.decode("project", json.loads(codec.encode(row)))["funds"]) == "12.50"


def _record_all(url: str, plan: str, jobs: list[tuple[ReceivedReturn, CheckedReturn]]) -> None:
    engine = create_engine(url)
    ledger = PostgresLedger(engine, plan, fold, AIMS)
    for received, checked in jobs:
        ledger.record_verdict(received, checked, checked.status, at("08-30 10:00"))
    engine.dispose()


def _in_processes(work: Callable[..., None], url: str, plan: str, *jobs: Sequence[Any]) -> None:
    """One process for each list of jobs, all at once."""
    with ProcessPoolExecutor(len(jobs), mp_context=get_context("fork")) as pool:
        for done in [pool.submit(work, url, plan, list(own)) for own in jobs]:
            done.result(timeout=60)


@pytest.mark.parametrize("shared", [True, False], ids=["the same returns", "different returns of one office"])
def test_processes_that_record_at_the_same_time_leave_what_one_alone_would(
    fresh_database: str, plan: str, contents: Contents, ledger: PostgresLedger, office: Office, shared: bool
) -> None:
    """One verdict a return, and the state of all of them in the order of their weeks."""
    jobs = []
    for hour in range(9, 18):
        rows = [ledger_row(f"MH-{hour:03d}", households=hour)]
        jobs.append((office.receive(at(f"07-27 {hour}:00"), f"{hour}.xlsx"), judged("MH", f"2018-W{20 + hour}", rows)))

    _in_processes(_record_all, fresh_database, plan, *([jobs] * 3 if shared else [jobs[n::3] for n in range(3)]))

    sent = [DatedReturn(received.path, received.received_at, checked) for received, checked in jobs]
    assert ledger.compounds(at("08-30 10:00")) == fold_season(sent, at("08-30 10:00"), AIMS)
    assert len(contents()["verdict"]) == len(jobs)


def _list_and_register(url: str, plan: str, hours: list[int]) -> None:
    engine = create_engine(url)
    office = Office(PostgresLedger(engine, plan, fold, AIMS))
    for hour in hours:
        try:
            office.receive(at(f"07-27 {hour}:00"), f"{hour}.xlsx")
        except (KeyError, ValueError):
            continue  # another process was first
    engine.dispose()


def test_processes_that_collect_the_same_files_register_each_once(
    fresh_database: str, plan: str, ledger: PostgresLedger
) -> None:
    """Two collecting runs that overlap take every file in, and none twice."""
    _in_processes(_list_and_register, fresh_database, plan, *[range(9, 18)] * 3)

    assert [received.path for received in ledger.unjudged()] == sorted(
        (f"MH/{hour}.xlsx" for hour in range(9, 18)), key=lambda path: int(path[3:-5])
    )


def test_a_statement_that_does_not_exist_fails_when_it_is_loaded() -> None:
    """A misspelt name is found at start, not in the night of its first use."""
    with pytest.raises(FileNotFoundError):
        statements.statement("select_everything")


def test_every_statement_is_used_and_says_what_it_does() -> None:
    """sql/<verb>_<object>.sql, each loaded by the code, none left over."""
    code = "\n".join(path.read_text("utf-8") for path in Path(statements.__file__).parent.glob("*.py"))
    for path in statements.FOLDER.glob("*.sql"):
        assert f'"{path.stem}"' in code, path.name
        assert path.stem.split("_")[0] in VERBS, path.name


@pytest.mark.parametrize("url", ["mysql://a/b", "nonsense", "sqlite:///x.db"])
def test_another_database_than_postgresql_is_refused_in_chinese(url: str) -> None:
    """A setting that cannot be used is told to whoever set it."""
    with pytest.raises(UsageError, match="数据库地址"):
        create_engine(url)


def test_a_plain_postgresql_address_is_enough(fresh_database: str, plan: str) -> None:
    """postgresql:// without a driver works: which driver duban uses is its own affair."""
    engine = create_engine(fresh_database.replace("+psycopg", ""))
    ledger = PostgresLedger(engine, plan, fold, AIMS)

    assert households(ledger.compounds(at("07-27 10:00"))) == {}
    engine.dispose()
