"""The process that runs the chain and kills it: `python -m fakes.crash.worker URL FOLDER kinds|all`.

URL names a migrated database that nobody uses. Every run is a child of its own, killed for good, on a copy of database
and home as they stood before the stage. Told on stdout, a JSON document a line: every point found, every point killed.
"""

import importlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from duban.adapters.settings import Settings
from duban.wiring import App, open_app
from fakes.crash import chain
from fakes.crash.effects import CALLED_BY, END, watch_commits, watch_files
from fakes.crash.prints import differences, fingerprint, issued

ALL, KINDS = "all", "kinds"
HEAVY = ("great_expectations", "docxtpl", "openpyxl", "xlsxwriter", "chinese_calendar", "duban.adapters.gb9704")
Prints = dict[str, list[str]]


@dataclass(frozen=True)
class Point:
    """A place in the chain at which it is killed: the n-th effect of a stage, counted from 1."""

    stage: int
    number: int
    label: str

    @property
    def kind(self) -> str:
        """Points are of one kind where the same function writes the same way, whichever use case called it."""
        return self.label.partition(CALLED_BY)[0]


@dataclass(frozen=True)
class Report:
    """What a killed and retried stage came to; `end`: the whole chain was run after it, and compared."""

    stage: str
    number: int
    label: str
    killed: bool
    end: bool
    defects: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)


class Homes:
    """Copies of database and home, by the stage before which they were taken."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = make_url(url)
        self._folder = folder
        self.home = folder / "home"

    @property
    def settings(self) -> Settings:
        url = self._url.set(database=f"{self._url.database}_crash").render_as_string(hide_password=False)
        return Settings(home=self.home, database_url=url, inbox=str(self.home / "inbox"))

    def begin(self) -> None:
        self._clone(str(self._url.database), f"{self._url.database}_crash")
        (self.home / "inbox").mkdir(parents=True)

    def keep(self, stage: int) -> None:
        self._clone(f"{self._url.database}_crash", f"{self._url.database}_{stage}")
        shutil.copytree(self.home, self._folder / f"before-{stage}")

    def restore(self, stage: int) -> None:
        self._clone(f"{self._url.database}_{stage}", f"{self._url.database}_crash")
        shutil.rmtree(self.home)
        shutil.copytree(self._folder / f"before-{stage}", self.home)

    def _clone(self, source: str, target: str) -> None:
        drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(target))
        create = sql.SQL("create database {} template {} strategy file_copy")
        with _admin(self._url) as connection:
            connection.execute(drop)
            connection.execute(create.format(sql.Identifier(target), sql.Identifier(source)))


def _admin(url: URL) -> "psycopg.Connection[tuple[object, ...]]":
    query = {key: str(value) for key, value in url.query.items()}
    return psycopg.connect(
        host=query.get("host") or url.host,
        port=query.get("port") or str(url.port or ""),
        user=url.username,
        dbname="postgres",
        autocommit=True,
    )


def in_child(work: Callable[[Callable[[object], None]], None]) -> tuple[int, list[str]]:
    """Run `work` in a child; how it ended, as waitpid tells it, and the lines that it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(reading)
            work(lambda told: _write(writing, told))
            code = 0
        finally:
            if code:
                sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]  # there is one
            os._exit(code)  # whatever happened: a child must not go on with its parent's work
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as lines:
        told = [line.rstrip("\n") for line in lines]
    return os.waitpid(child, 0)[1], told


def _write(descriptor: int, told: object) -> None:
    content = f"{json.dumps(told, ensure_ascii=False)}\n".encode()
    while content:
        content = content[os.write(descriptor, content) :]


def done(work: Callable[[Callable[[object], None]], None]) -> list[str]:
    """As `in_child`, of work that must not fail."""
    status, told = in_child(work)
    if status:
        raise SystemExit(f"a child that nobody killed ended as {status}")
    return told


def run_stages(app: App, stages: Sequence[chain.Stage]) -> None:
    for stage in stages:
        stage.run(app, stage.at)


class Crash:
    """The whole trial."""

    def __init__(self, url: str, folder: Path) -> None:
        self._homes = Homes(url, folder)
        self._prints: list[Prints] = []
        self.points: list[Point] = []

    def explore(self) -> None:
        """Run the chain without a fault: keep what stood before every stage and after it, and find the points."""
        self._homes.begin()
        warm_up()
        done(self._prepare)
        for number, stage in enumerate(chain.CHAIN):
            self._homes.keep(number)
            *labels, prints = map(json.loads, done(lambda tell, stage=stage: self._record(stage, tell)))  # type: ignore[misc]
            self._prints.append(prints)
            if stage.is_ours:
                found = [*labels, f"{END} of {stage.task}"]
                self.points += [Point(number, place, label) for place, label in enumerate(found, 1)]

    def _prepare(self, _tell: Callable[[object], None]) -> None:
        with open_app(self._homes.settings) as app:
            chain.prepare(app)

    def _record(self, stage: chain.Stage, tell: Callable[[object], None]) -> None:
        with open_app(self._homes.settings) as app:
            watch_files(self._homes.home, tell)
            watch_commits(app.engine, tell)
            run_stages(app, [stage])
            tell(fingerprint(app.engine, self._homes.home))

    def try_at(self, point: Point, *, to_the_end: bool) -> Report:
        """Kill the stage at the point, run it again, and compare; `to_the_end`: with all stages that follow."""
        self._homes.restore(point.stage)
        status, told = in_child(lambda tell: self._be_killed(point, tell))
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        label = json.loads(told[-1]) if told else ""
        last = len(chain.CHAIN) - 1 if to_the_end else point.stage
        answer = json.loads(done(lambda tell: self._retry(point.stage, last, tell))[-1])
        return Report(
            chain.CHAIN[point.stage].name,
            point.number,
            point.label,
            killed and label == point.label,
            to_the_end,
            answer["defects"],
            differences(self._prints[last], answer["prints"]),
        )

    def _be_killed(self, point: Point, tell: Callable[[object], None]) -> None:
        stage = chain.CHAIN[point.stage]
        taken = 0

        def step(label: str) -> None:
            nonlocal taken
            taken += 1
            if taken == point.number:
                tell(label)
                os.kill(os.getpid(), signal.SIGKILL)

        with open_app(self._homes.settings) as app:
            watch_files(self._homes.home, step)
            watch_commits(app.engine, step)
            run_stages(app, [stage])
            step(f"{END} of {stage.task}")

    def _retry(self, first: int, last: int, tell: Callable[[object], None]) -> None:
        with open_app(self._homes.settings) as app:
            run_stages(app, chain.CHAIN[first : last + 1])
            defects = [str(defect) for defect in app.verifying.run().defects]
            signed = {(s.path, s.sha256) for one in app.register.papers() if (s := one.signature)}
            if signed != issued(self._homes.home):
                defects.append(f"the journal of what was issued lacks {sorted(signed - issued(self._homes.home))}")
            tell({"defects": defects, "prints": fingerprint(app.engine, self._homes.home)})


def warm_up() -> None:
    """Import what takes seconds, so that the children need not."""
    for name in HEAVY:
        importlib.import_module(name)


def chosen(points: Sequence[Point], which: str) -> Iterator[Point]:
    """All of them, or the first of each kind."""
    seen: set[str] = set()
    for point in points:
        if which == ALL or point.kind not in seen:
            yield point
        seen.add(point.kind)


def main(url: str, folder: str, which: str) -> None:
    crash = Crash(url, Path(folder))
    crash.explore()
    for point in crash.points:
        _write(1, {"found": asdict(point), "kind": point.kind})
    last_of_stage = {point.stage: point for point in crash.points}
    for point in chosen(crash.points, which):
        _write(1, asdict(crash.try_at(point, to_the_end=which == ALL and last_of_stage[point.stage] == point)))


if __name__ == "__main__":
    main(*sys.argv[1:])
