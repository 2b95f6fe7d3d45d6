"""`make bench`: every comparison in one run, as a table on the screen and in docs/performance.md."""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from bench import (
    airflow_share,
    checking,
    end_to_end,
    history,
    loading,
    pages,
    papers,
    progress,
    reading,
    report,
    startup,
    week,
    workers,
)
from duban.adapters.embedded_postgres import EmbeddedPostgres
from duban.adapters.store import create_engine, migrate

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
BEGIN = "<!-- make bench writes from here -->"


IN_POSTGRES: Mapping[str, Callable[[Engine, int], Iterator[str]]] = {
    "loading": lambda engine, _: loading.sections(engine),
    "end_to_end": end_to_end.sections,
    "history": lambda engine, _: history.sections(engine),
    "report": report.sections,
    "progress": lambda engine, _: progress.sections(engine),
    "week": week.sections,
    "workers": lambda engine, _: workers.sections(engine),
    "pages": lambda engine, _: pages.sections(engine),
}
"""By name what is measured in a database of its own, and by PostgreSQL's process: the parent of those that serve."""


def sections() -> Iterator[str]:
    yield from reading.sections()
    yield from checking.sections()
    yield from papers.sections()
    yield from startup.sections()
    yield from airflow_share.sections()
    yield from in_postgres(*IN_POSTGRES)


def in_postgres(*names: str) -> Iterator[str]:
    with TemporaryDirectory(prefix="duban-") as home:
        postgres = EmbeddedPostgres(Path(home), durable=False)
        try:
            for name in names:
                engine = create_engine(postgres.url(name))
                migrate(engine, ROOT / "sql" / "migrations")
                server = int((Path(home) / "postgres" / "postmaster.pid").read_text().split()[0])
                yield from IN_POSTGRES[name](engine, server)
                engine.dispose()
        finally:
            postgres.stop()


def alone(name: str) -> None:
    """One of them and nothing else, on the screen: `python -m bench pages`."""
    for section in in_postgres(name):
        sys.stdout.write(f"{section}\n")
        sys.stdout.flush()


def main() -> None:
    """Print each table as it is there; keep the page up with them."""
    commit = run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False).stdout.strip()
    told = [f"Commit {commit}, {datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}.\n"]
    before, _, _ = PAGE.read_text("utf-8").partition(BEGIN)
    for section in sections():
        sys.stdout.write(f"{section}\n")
        sys.stdout.flush()
        told.append(section)
        PAGE.write_text("\n".join([before + BEGIN + "\n", *told]), "utf-8")


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            main()
        case [name] if name in IN_POSTGRES:
            alone(name)
        case _:
            sys.exit(f"usage: python -m bench [{' | '.join(IN_POSTGRES)}]")
