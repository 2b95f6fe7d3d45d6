"""Fifty papers signed at once by two processes, killed at every step, on a database cut off five times (F-16)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from duban.adapters.embedded_postgres import EmbeddedPostgres
from duban.adapters.store import create_engine, migrate
from duban.core.papers import PaperState
from duban.pipeline.verify import Verify
from fakes import signing_worker
from fakes.signing import SigningDesk

ROOT = Path(__file__).parents[2]
PLAN = "killed"
STEPS = (
    "select paper",
    "select paper_content",
    "select audit",
    "commit",
    "shelf.get before",
    "shelf.get after",
    "composer.compose before",
    "composer.compose after",
    "select paper",
    "select paper",
    "select paper_content",
    "select audit",
    "select paper",
    "insert delivery",
    "insert delivery",
    "insert number_counter",
    "insert number",
    "composer.compose before",
    "composer.compose after",
    "archive.put before",
    "archive.put after",
    "insert signature",
    "update paper",
    "insert audit_head",
    "insert audit",
    "update audit_head",
    "select paper",
    "select paper_content",
    "select audit",
    "commit",
    "archive.get before",
    "archive.get after",
    "shelf.put before",
    "shelf.put after",
)
"""Every step of a signature, in order. A new one stands here before it is killed, or the test fails."""
PAPERS, RESTARTS, BETWEEN_RESTARTS = 50, 5, 8


@pytest.fixture
def server() -> Iterator[EmbeddedPostgres]:
    """A server of our own that keeps what it committed, and that is stopped as by a power cut."""
    with TemporaryDirectory(prefix="duban-") as home:
        opened = EmbeddedPostgres(Path(home))
        opened._stop_mode = "immediate"
        yield opened
        opened.stop()


def test_every_paper_has_one_number_and_no_number_is_missing(server: EmbeddedPostgres, tmp_path: Path) -> None:
    """1 to 50, none twice, each on one paper, every file in its place, and nothing for `duban verify` to name."""
    url = server.url("killed")
    engine = create_engine(url)
    migrate(engine, ROOT / "sql" / "migrations")
    desk = SigningDesk.on(engine, PLAN, tmp_path)
    papers = [desk.reviewed(f"K{number}").id for number in range(PAPERS + 1)]
    steps: list[str] = []
    signing_worker.sign(engine, PLAN, tmp_path, papers.pop(), steps.append)
    engine.dispose()

    killed = sign_under_fire(server, url, tmp_path, papers)

    assert tuple(steps) == STEPS
    assert sorted(killed) == sorted(signing_worker.numbered(STEPS))
    assert sorted(used.number for used in desk.books.numbers()) == list(range(1, PAPERS + 2))
    records = [record for record in desk.register.papers() if record.id in papers]
    assert all(record.state is PaperState.SIGNED for record in records)
    assert len({record.number for record in records}) == PAPERS
    signed = [link.entry.paper_id for link in desk.books.chain()[0] if link.entry.after is PaperState.SIGNED]
    assert sorted(signed) == sorted(record.id for record in desk.register.papers())
    assert Verify(desk.plan, desk.books, desk.archive, desk.shelf).run().defects == ()
    engine.dispose()


def sign_under_fire(server: EmbeddedPostgres, url: str, folder: Path, papers: list[int]) -> list[str]:
    """Both processes sign every paper, in opposite orders, one killed at every other step and one at those between.

    Returns the steps at which they were killed.
    """
    steps = list(signing_worker.numbered(STEPS))
    reading, writing = os.pipe()
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT / 'tests'}"}
    command = [sys.executable, "-m", "fakes.signing_worker", url, PLAN, str(folder)]
    workers = [
        subprocess.Popen([*command, ",".join(killed_at), ",".join(map(str, order))], stdout=writing, env=environment)
        for killed_at, order in ((steps[::2], papers), (steps[1::2], papers[::-1]))
    ]
    os.close(writing)
    killed = []
    with os.fdopen(reading, encoding="utf-8") as told:
        for count, line in enumerate(told, 1):
            what, detail = line.rstrip("\n").split(" ", 1)
            if what == "killed":
                killed.append(detail)
            if count % BETWEEN_RESTARTS == 0 and count <= RESTARTS * BETWEEN_RESTARTS:
                server.stop()
                assert server.url("killed") == url
    assert [worker.wait() for worker in workers] == [0, 0]
    return killed
