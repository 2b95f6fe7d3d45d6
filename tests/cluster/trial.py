"""The trial: some weeks on the stack, a worker added and one killed, held against the embedded Airflow's same weeks."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from cluster.pages import Pages
from cluster.stack import ROOT, Stack
from duban.adapters.embedded_postgres import EmbeddedPostgres
from duban.adapters.season import write_season
from duban.adapters.store import create_engine
from duban.wiring import BUSINESS_DATABASE, open_offline
from fakes.crash.prints import differences, fingerprint
from fakes.installation import wait_for

SEED, MESS = 7, 0.2
FIRST_DAY = date(2018, 7, 23)
PAUSED = "sign_and_issue"
"""The driver plays the persons: nobody is asked over the pages."""
FOLDERS = frozenset({"archive", "papers", "outbox", "inbox", "receipts"})
DUBAN = str(Path(sys.executable).parent / "duban")
Tell = Callable[[str], None]


@dataclass
class Report:
    """What a trial came to. `differs`: what is not as on the embedded Airflow, a line each."""

    ticks: int = 0
    seconds: float = 0.0
    killed: str = ""
    added: str = ""
    verified: str = ""
    differs: list[str] = field(default_factory=list)
    papers: int = 0
    unwell: list[str] = field(default_factory=list)


def weeks_from(number: int) -> tuple[str, str]:
    """From when until when `number` weeks are run."""
    last = FIRST_DAY + timedelta(days=7 * number - 3)
    return f"{FIRST_DAY}T00:00:00", f"{last}T23:59:00"


def lay_season(inbox: Path, until: str) -> None:
    """The offices' returns."""
    with open_offline() as offline:
        for office in offline.plan.offices:
            (inbox / office.code).mkdir(parents=True, exist_ok=True)
        last = date.fromisoformat(until.partition("T")[0])
        write_season(offline.plan, offline.weeks, inbox, seed=SEED, until=last, mess=MESS)


def embedded(folder: Path, inbox: Path, start: str, until: str) -> dict[str, list[str]]:
    """The same weeks by `duban replay --sign-all` on a home of its own."""
    shutil.copytree(inbox, folder / "inbox")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "AIRFLOW"))}
    words = ["replay", "--from", start.partition("T")[0], "--until", until, "--sign-all"]
    environment = {**kept, "DUBAN_HOME": str(folder)}
    try:
        subprocess.run([DUBAN, *words], env=environment, check=True, capture_output=True)
        return printed(EmbeddedPostgres(folder).url(BUSINESS_DATABASE), folder)
    finally:
        EmbeddedPostgres(folder).stop()


def printed(url: str, home: Path) -> dict[str, list[str]]:
    """Every table and file of the business."""
    engine = create_engine(url)
    try:
        return fingerprint(engine, home, FOLDERS)
    finally:
        engine.dispose()


def get_ready(stack: Stack) -> Pages:
    """Signing left to the driver."""
    pages = Pages(stack.url, stack.log_in())
    pages.ask(f"/api/v2/dags/{PAUSED}", {"is_paused": True}, "PATCH")
    return pages


def go_through(stack: Stack, pages: Pages, start: str, until: str, tell: Tell, report: Report) -> None:
    """Run the weeks; a third worker comes after a third of the first week's runs, one at work is killed soon after."""
    environment = {
        **stack.environment("duban"),
        "PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT / 'tests'}",
        "CLUSTER_URL": pages.url,
        "CLUSTER_TOKEN": pages.token or "",
    }
    command = [sys.executable, "-m", "cluster.season", start, until]
    begun = time.monotonic()
    log = stack.place.folder / "output" / "season.log"
    with log.open("wb") as errors, subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=errors, env=environment, cwd=stack.place.folder, text=True
    ) as driver:  # fmt: skip
        for number, line in enumerate(driver.stdout or (), 1):
            tell(f"{time.monotonic() - begun:6.0f} s  {line.rstrip()}")
            report.ticks = number - 1
            if number == ADD_AT:
                report.added = stack.start("airflow-worker").label
                tell(f"          {report.added} was added")
            if number >= KILL_FROM and not report.killed:
                report.killed = kill_one_at_work(stack, pages)
                tell(f"          {report.killed or 'no worker'} was killed")
    report.seconds = time.monotonic() - begun
    if driver.returncode:
        raise RuntimeError("\n".join(log.read_text("utf-8", "replace").splitlines()[-30:]))


ADD_AT, KILL_FROM = 4, 6


def kill_one_at_work(stack: Stack, pages: Pages) -> str:
    """Kill -9 of a worker while it runs a task; its name, or nothing when no task was caught."""
    path = "/api/v2/dags/~/dagRuns/~/taskInstances?state=running"

    def at_work() -> list[int]:
        return [one["pid"] for one in pages.ask(path)["task_instances"] if one["pid"]]

    for pid in wait_for(at_work, bool, 15.0):
        worker = stack.owner(pid)
        if worker is not None:
            worker.kill()
            return worker.label
    return ""


def try_out(stack: Stack, number: int, tell: Tell, folder: Path) -> Report:
    """The whole trial of `number` weeks; `folder` is for the embedded run."""
    report, (start, until) = Report(), weeks_from(number)
    inbox = stack.place.home / "inbox"
    lay_season(inbox, until)
    pages = get_ready(stack)
    go_through(stack, pages, start, until, tell, report)
    report.unwell = [label for label in stack.unwell() if label != report.killed]
    report.verified = stack.run("duban", "verify").strip()
    found = printed(str(stack.environment("duban")["DUBAN_DATABASE_URL"]), stack.place.home)
    tell("the same weeks on the embedded Airflow …")
    expected: Mapping[str, list[str]] = embedded(folder, inbox, start, until)
    report.differs = differences(expected, found)
    report.papers = len(found["paper"])
    return report
