"""`make bench`: every comparison in one run, as a table on the screen and in docs/performance.md."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

from bench import airflow_share, checking, history, loading, pages, papers, reading, startup, week
from duban.adapters.embedded_postgres import EmbeddedPostgres
from duban.adapters.store import create_engine, migrate

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
BEGIN = "<!-- make bench writes from here -->"


def sections() -> Iterator[str]:
    yield from reading.sections()
    yield from checking.sections()
    yield from papers.sections()
    yield from startup.sections()
    yield from airflow_share.sections()
    with TemporaryDirectory(prefix="duban-") as home:
        postgres = EmbeddedPostgres(Path(home), durable=False)
        try:
            engine = create_engine(postgres.url("bench"))
            migrate(engine, ROOT / "sql" / "migrations")
            yield from loading.sections(engine)
            yield from history.sections(engine)
            server = int((Path(home) / "postgres" / "postmaster.pid").read_text().split()[0])
            yield from week.sections(engine, server)
            yield from pages.sections(engine)
            engine.dispose()
        finally:
            postgres.stop()


def alone() -> None:
    """The board's pages and nothing else, on the screen: `python -m bench pages`."""
    with TemporaryDirectory(prefix="duban-") as home:
        postgres = EmbeddedPostgres(Path(home), durable=False)
        try:
            engine = create_engine(postgres.url("bench"))
            migrate(engine, ROOT / "sql" / "migrations")
            for section in pages.sections(engine):
                sys.stdout.write(f"{section}\n")
                sys.stdout.flush()
            engine.dispose()
        finally:
            postgres.stop()


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
        case ["pages"]:
            alone()
        case _:
            sys.exit("usage: python -m bench [pages]")
