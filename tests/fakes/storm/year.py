"""A year without faults and one with them, side by side, and what is different in the end."""

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from mailbox import Maildir
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
from sqlalchemy.engine import make_url

from duban.adapters.embedded_postgres import EmbeddedPostgres
from duban.adapters.settings import Settings
from duban.core.delivery import DeliveryState
from duban.orchestration.ticks import DELIVER, REPORT
from duban.pipeline.status import status_document
from duban.wiring import App, open_app
from fakes.crash.prints import by_rank, differences, fingerprint
from fakes.crash.worker import warm_up
from fakes.storm.children import Child, Strike, Works, fill_disk, kill, stop
from fakes.storm.faults import Fault, Kind, fault_at
from fakes.storm.identities import close_gaps
from fakes.storm.mail import PLANTED, MailServer
from fakes.storm.weeks import Tick, Weeks, lay_out, write_plan

MOST_TRIES, RIVAL_SECONDS, ANY_PERSON = 4, 2.0, "李超"
FOLDERS = frozenset({"archive", "papers", "outbox"})


@dataclass
class Report:
    """What the two years came to."""

    weeks: int = 0
    offices: int = 0
    ticks: int = 0
    papers: int = 0
    numbers: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)
    retries: int = 0
    most_seconds: float = 0.0
    mean_seconds: float = 0.0
    seconds: float = 0.0
    mails: int = 0
    defects: list[str] = field(default_factory=list)


class Year:
    """One year: a database server, a home, its mail; struck by the faults it is given."""

    def __init__(self, name: str, folder: Path, plan: Path) -> None:
        self.home = folder / name
        (self.home / "inbox").mkdir(parents=True)
        self.postgres = EmbeddedPostgres(folder / f"{name}-server", durable=False)
        self._staging = folder / "season"
        self.letters = folder / f"{name}-mail"
        self.mail = MailServer(self.letters)
        self.settings = Settings(
            home=self.home, database_url=_planted(self.postgres.url(name)), inbox=str(self.home / "inbox"), plan=plan
        )
        self.log = folder / f"{name}.log"
        self.works = Works(self.settings, self.mail.settings, self.log, folder / f"{name}.effects")
        self.faults: Counter[str] = Counter()
        self.waits: list[float] = []
        self.missed: Counter[str] = Counter()
        """Faults that struck nothing: the process ended well, or was not there any more."""
        self.retries = 0

    def run(self, weeks: Weeks, fault_of: Callable[[int], Fault | None]) -> None:
        """Every tick, struck where there is a fault for its place."""
        with self.mail.running():
            for place, tick in enumerate(weeks.ticks):
                for file in weeks.arriving.get(place, ()):
                    self._arrives(file.path)
                fault = fault_of(place)
                if fault is None:
                    self._until_done(tick)
                else:
                    self.faults[fault.kind.value] += 1
                    self._struck(weeks, place, fault)

    def _arrives(self, path: str) -> None:
        target = self.home / "inbox" / path
        target.parent.mkdir(exist_ok=True)
        shutil.copy2(self._staging / path, target)

    def effects(self) -> int:
        """How often the last process that ended well wrote anything."""
        return int(self.works.effects.read_text("ascii"))

    def _until_done(self, tick: Tick) -> None:
        for _ in range(MOST_TRIES):
            if self.works.start(tick).wait() == 0:
                return
            self.retries += 1
        raise SystemExit(f"{tick} was tried {MOST_TRIES} times; see {self.log}")

    def _struck(self, weeks: Weeks, place: int, fault: Fault) -> None:
        tick = weeks.ticks[place]
        begun = time.monotonic()
        match fault.kind:
            case Kind.KILL | Kind.DISK:
                strike: Strike = kill if fault.kind is Kind.KILL else fill_disk
                self._note(fault, hit=self.works.start(tick, fault.at, strike).wait() != 0)
            case Kind.STOP:
                self._note(fault, hit=self._with_a_rival(tick, self.works.start(tick, fault.at, stop)))
            case Kind.DATABASE:
                self._note(fault, hit=self._without_a_database(self.works.start(tick, fault.at, stop)))
            case Kind.MAIL:
                self.mail.stop()
                self.works.start(tick).wait()
                self.mail.start()
            case Kind.SLOW:
                self._half(weeks.arriving[place + 1][0].path)
            case Kind.TWICE:
                self._again(weeks.arriving[place][0].path, tick)
        begun = begun if fault.kind is Kind.MAIL else time.monotonic()
        close_gaps(str(self.settings.database_url))
        self._until_done(tick)
        if tick[1] == DELIVER:
            self._decide_doubts(tick)
        self.waits.append(time.monotonic() - begun)

    def _note(self, fault: Fault, *, hit: bool) -> None:
        self.missed[fault.kind.value] += not hit

    def _with_a_rival(self, tick: Tick, first: Child) -> bool:
        """While the one is stopped a second does the same work, as far as the first lets it; whether it was stopped."""
        if not os.WIFSTOPPED(first.wait(also_stopped=True)):
            return False
        rival = self.works.start(tick)
        done = rival.ended(RIVAL_SECONDS)
        first.go_on()
        first.wait()
        if done is None:
            rival.wait()
        return True

    def _without_a_database(self, child: Child) -> bool:
        """The database's end and new beginning under a process that is stopped meanwhile; whether it was stopped."""
        if not os.WIFSTOPPED(child.wait(also_stopped=True)):
            return False
        self.postgres.stop()
        self.postgres.url("postgres")
        close_gaps(str(self.settings.database_url))  # before it goes on: it may connect anew, and be done
        child.go_on()
        child.wait()
        return True

    def _half(self, path: str) -> None:
        """An upload that has begun: half of the file, written just now."""
        target = self.home / "inbox" / path
        target.parent.mkdir(exist_ok=True)
        content = (self._staging / path).read_bytes()
        target.write_bytes(content[: len(content) // 2])

    def _again(self, path: str, tick: Tick) -> None:
        """The tick's file, once taken in, is sent a second time."""
        self.works.start(tick).wait()
        self._arrives(path)

    def _decide_doubts(self, tick: Tick) -> None:
        """What nobody knows to have arrived: a person looks into the mailbox, and says so or has it sent again."""
        arrived = {str(message["Message-ID"]).strip() for message in Maildir(str(self.letters))}
        again = False
        with open_app(self.settings) as app:
            for one in app.deliveries.all():
                if one.state is DeliveryState.UNCERTAIN and one.message_id in arrived:
                    app.delivering.confirm(one.id, ANY_PERSON, "", tick[0])
                elif one.state is DeliveryState.UNCERTAIN:
                    app.delivering.retry(one.id, ANY_PERSON, tick[0])
                    again = True
        if again and self.works.start(tick).wait():
            raise SystemExit(f"{tick} failed after a person had decided; see {self.log}")


def _planted(url: str) -> str:
    return make_url(url).set(password=PLANTED).render_as_string(hide_password=False)


def compare(calm: Year, storm: Year, weeks: Weeks, report: Report) -> None:
    """Figures, registers, papers, numbers, logs, processes."""
    prints = []
    for year in (calm, storm):
        with open_app(year.settings) as app:
            report.defects += [f"{year.home.name}: verify: {defect}" for defect in app.verifying.run().defects]
            report.defects += [f"{year.home.name}: {gap}" for gap in _gaps(app)]
            prints.append(fingerprint(app.engine, year.home, FOLDERS) | {"figures": _figures(app, weeks)})
            report.papers, report.offices = len(app.register.papers()), len(app.plan.offices)
            report.numbers = sum(1 for _ in _numbers(app))
    report.defects += differences(*prints)
    report.defects += [f"{one.log.name} shows {found}" for one in (calm, storm) for found in _shown(one, weeks)]
    report.defects += [f"process {process.pid} was left behind" for process in _left_behind(storm.home)]
    report.mails = len(Maildir(str(storm.letters)))


def _figures(app: App, weeks: Weeks) -> list[str]:
    found = (status_document(app.assess(moment)) for moment, dag_id in weeks.ticks if dag_id == REPORT)
    return by_rank(app.engine, (json.dumps(one, ensure_ascii=False, sort_keys=True) for one in found))


def _numbers(app: App) -> Iterator[tuple[tuple[object, ...], int]]:
    for one in app.books.numbers():
        yield (one.series.issuer, one.series.series, one.series.year), one.number


def _gaps(app: App) -> Iterator[str]:
    series: dict[tuple[object, ...], list[int]] = {}
    for key, number in _numbers(app):
        series.setdefault(key, []).append(number)
    for key, numbers in series.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"numbers of {key}: {sorted(numbers)}"


def _shown(year: Year, weeks: Weeks) -> Iterator[str]:
    """What no log may show: a clerk's telephone, a password."""
    logs = [year.log, *(path for path in (year.home / "alerts").rglob("*") if path.is_file())]
    text = "\n".join(log.read_text("utf-8", "replace") for log in logs if log.exists())
    yield from (secret for secret in (PLANTED, *sorted(weeks.telephones)) if secret in text)


def _left_behind(home: Path) -> Iterator[psutil.Process]:
    """Every process that has anything of the home open, or was started by this one."""
    for process in psutil.Process().children(recursive=True):
        if process.name() != "postgres":
            yield process


def run(folder: Path, number: int, seed: int, share: float) -> Report:
    """Both years side by side, and the comparison."""
    report = Report(weeks=number)
    plan = write_plan(folder / "plans")
    warm_up()
    calm, storm = (Year(name, folder, plan) for name in ("calm", "storm"))
    try:
        weeks = lay_out(calm.settings, folder / "season", number)
        begun = time.monotonic()
        with _beside(calm, weeks) as effects:
            storm.run(weeks, lambda place: fault_at(weeks, place, effects.recv(), share, seed))
        report.seconds = time.monotonic() - begun
        report.faults, report.missed = dict(storm.faults), dict(+storm.missed)
        report.ticks, report.retries = len(weeks.ticks), storm.retries
        report.most_seconds, report.mean_seconds = max(storm.waits), sum(storm.waits) / len(storm.waits)
        compare(calm, storm, weeks, report)
    finally:
        calm.postgres.stop()
        storm.postgres.stop()
    return report


@contextmanager
def _beside(calm: Year, weeks: Weeks) -> Iterator[Connection]:
    """The year without faults in a process of its own; tells of each tick how often it wrote anything."""
    told, telling = Pipe(duplex=False)
    process = get_context("fork").Process(target=_tell, args=(calm, weeks, telling), daemon=True)
    process.start()
    telling.close()  # so that its end is the end of what is told
    yield told
    process.join()


def _tell(calm: Year, weeks: Weeks, telling: Connection) -> None:
    def last(place: int) -> None:
        if place:
            telling.send(calm.effects())

    calm.run(weeks, last)
    telling.send(calm.effects())


def main(folder: str, number: str, seed: str, share: str) -> None:
    print(json.dumps(asdict(run(Path(folder), int(number), int(seed), float(share))), ensure_ascii=False))  # noqa: T201 - the answer
