"""Two collectors at the same folders at the same moment (faults.md §5): each return is registered and answered once."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from duban.adapters.season import write_season
from duban.adapters.settings import Settings
from duban.core.weeks import ZONE
from duban.wiring import App, open_app, open_offline

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2019, 4, 1, 12, tzinfo=ZONE)
MANY, FEW = date(2019, 3, 29), date(2018, 8, 10)
UNLIMITED = "files_a_day: 100000"


def plan_without_limits(folder: Path) -> Path:
    """The committed plan; half a year's files come on one day here."""
    (folder / "calendar.yaml").write_bytes((ROOT / "plans" / "calendar.yaml").read_bytes())
    text = (ROOT / "plans" / "jingkai-2018.yaml").read_text("utf-8")
    path = folder / "plan.yaml"
    path.write_text(text.replace("files_a_day: 100", UNLIMITED), "utf-8")
    return path


def collect_twice_at_once(settings: Settings) -> None:
    """Two processes, started together; both end well."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT / 'tests'}",
        "DUBAN_HOME": str(settings.home),
        "DUBAN_DATABASE_URL": str(settings.database_url),
        "DUBAN_INBOX": settings.inbox_url,
        "DUBAN_PLAN": str(settings.plan),
    }
    command = [sys.executable, "-m", "fakes.collecting_worker", MOMENT.isoformat()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    workers = [subprocess.Popen(command, env=environment, **pipes) for _ in range(2)]  # type: ignore[call-overload]  # its stubs know no such mapping
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    assert [worker.wait() for worker in workers] == [0, 0]
    for worker in workers:
        worker.stdin.close()
        worker.stdout.close()


@pytest.fixture
def app(fresh_database: str, tmp_path: Path) -> Iterator[App]:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    plan = plan_without_limits(tmp_path)
    with open_app(Settings(home=tmp_path, database_url=fresh_database, inbox=str(inbox), plan=plan)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("until", "at_least"), [(FEW, 15), pytest.param(MANY, 200, marks=pytest.mark.long)], ids=["few", "200"]
)
def test_each_return_is_registered_and_answered_once(app: App, until: date, at_least: int) -> None:
    """Every file of the season has one return, one verdict, one receipt; no number is missing or given twice."""
    with open_offline(app.settings) as offline:
        season = write_season(offline.plan, offline.weeks, Path(app.settings.inbox_url), seed=7, until=until, mess=0.2)
    assert season.files >= at_least

    collect_twice_at_once(app.settings)

    returns = app.ledger.return_records()
    assert Counter(record.path for record in returns) == dict.fromkeys(files(app), 1)
    assert len(returns) == season.files
    assert app.ledger.unjudged() == []
    receipts = [path for path in app.outbox.paths() if "回执" in path]
    assert len(receipts) == season.files
    assert app.verifying.run().defects == ()


def files(app: App) -> Iterator[str]:
    inbox = Path(app.settings.inbox_url)
    return (path.relative_to(inbox).as_posix() for path in inbox.rglob("*.xlsx"))
