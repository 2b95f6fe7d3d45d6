"""A database of any earlier revision comes up to the newest one with everything that it holds.

`schema_seeds/<revision>.sql` holds rows as the duban of that revision wrote them; a database of revision N has those of
0001 to N, and the bytes that they speak of lie in archive and shelf.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy import table as named

from duban.adapters.embedded_postgres import EmbeddedPostgres
from duban.adapters.store import SCHEMA, PostgresLedger, create_engine, examine, migrate
from duban.core.state import fold
from duban.pipeline.verify import Verify
from fakes.judged import AIMS, Office, at, households, ledger_row
from fakes.signing import SigningDesk

MIGRATIONS = Path(__file__).parents[2] / "sql" / "migrations"
SEEDS = Path(__file__).with_name("schema_seeds")
REVISIONS = sorted(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("*.py"))
PLAN = "old"
PAPERS, SIGNATURES, DELIVERIES = "0002", "0007", "0009"

Rows = Mapping[str, list[Mapping[str, object]]]


def upgrade(connection: Connection, revision: str) -> None:
    """As a duban did whose newest revision was this one."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def every_row(engine: Engine) -> Rows:
    """Every row of every table, in no order that a migration may not change."""
    tables = set(inspect(engine).get_table_names(SCHEMA)) - {"alembic_version"}
    with engine.connect() as connection:
        return {table: _contents(connection, table) for table in sorted(tables)}


def _contents(connection: Connection, table: str) -> list[Mapping[str, object]]:
    whole_row = select(func.to_jsonb(text("t"))).select_from(named(table, schema=SCHEMA).alias("t"))
    return list(connection.execute(whole_row).scalars())


def cut_to(rows: list[Mapping[str, object]], before: list[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Rows without the columns that the earlier revision did not have."""
    columns = set(before[0]) if before else set()
    return [{name: value for name, value in row.items() if name in columns} for row in rows]


@pytest.fixture(params=REVISIONS)
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old(postgres: EmbeddedPostgres, revision: str) -> Iterator[Engine]:
    """A database of that revision, with rows in each of its tables."""
    engine = create_engine(postgres.url(f"from_{revision}"))
    with engine.begin() as connection:
        connection.execute(text(f"drop schema if exists {SCHEMA} cascade"))
    with engine.begin() as connection:
        upgrade(connection, revision)
    for seed in REVISIONS[: REVISIONS.index(revision) + 1]:
        script = (SEEDS / f"{seed}.sql").read_text("utf-8")
        with engine.begin() as connection:
            connection.exec_driver_sql(script, execution_options={"no_parameters": True})
    yield engine
    engine.dispose()


@pytest.fixture
def desk(old: Engine, revision: str, tmp_path: Path) -> SigningDesk:
    """The folders that belong to the database."""
    desk = SigningDesk.on(old, PLAN, tmp_path)
    desk.archive.put(b"return 1")
    if revision >= PAPERS:
        desk.shelf.put("urge/1.docx", b"draft 1")
        desk.shelf.put("urge/2.docx", b"draft 2")
    if revision >= SIGNATURES:
        desk.shelf.put("urge/1-签发.docx", b"signed 1")
        desk.archive.put(b"signed 1")
    return desk


def test_every_revision_has_rows_to_come_from() -> None:
    """Whoever adds a migration adds what a database of it holds."""
    assert sorted(path.stem for path in SEEDS.glob("*.sql")) == REVISIONS


def test_no_table_is_left_without_a_row(old: Engine) -> None:
    """A table that nobody filled would come up untried."""
    assert [table for table, rows in every_row(old).items() if not rows] == []


def test_every_row_is_kept_as_it_was(old: Engine) -> None:
    """Neither lost, nor doubled, nor changed in a column that it had."""
    before = every_row(old)

    migrate(old, MIGRATIONS)

    after = every_row(old)
    state = examine(old, MIGRATIONS)
    assert state.revision == state.newest
    for table, rows in before.items():
        assert sorted(map(str, cut_to(after[table], rows))) == sorted(map(str, rows)), table


def test_what_came_up_is_sound(old: Engine, desk: SigningDesk, revision: str) -> None:
    """`duban verify` passes over it; but a paper that was signed before deliveries were recorded is owed to nobody."""
    migrate(old, MIGRATIONS)

    found = Verify(desk.plan, desk.books, desk.archive, desk.shelf).run()

    before_deliveries = SIGNATURES <= revision < DELIVERIES
    assert [defect.check for defect in found.defects] == (["outbox"] if before_deliveries else [])
    assert found.returns == 1


def test_work_goes_on_where_it_stood(old: Engine, desk: SigningDesk, revision: str) -> None:
    """States are known as before, a new return is folded upon them, and the register gives the next number."""
    migrate(old, MIGRATIONS)
    ledger = PostgresLedger(old, PLAN, fold, AIMS)

    assert households(ledger.compounds(at("08-05 00:00"))) == {"MH-001": 300}
    Office(ledger).send(at("08-10 10:00"), "2018-W32", [ledger_row("MH-001", households=298)], name="第二周.xlsx")
    assert households(ledger.compounds(at("08-11 00:00"))) == {"MH-001": 298}
    expected = 2 if revision >= SIGNATURES else 1
    assert desk.signed("O-3").number == f"东整催〔2018〕{expected}号"
