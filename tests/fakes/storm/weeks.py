"""What is run: fourteen offices, some of their mail by SMTP, and every tick at which something can happen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from duban.adapters.mail import MailSettings
from duban.adapters.season import write_season
from duban.adapters.settings import Settings
from duban.core.simulation.files import SentFile
from duban.core.simulation.season import simulate
from duban.core.weeks import ZONE
from duban.orchestration import ticks
from duban.wiring import App, open_offline
from fakes.wide_plan import widened

SEED, MESS = 7, 0.2
FIRST_DAY = date(2018, 7, 20)
MORE_OFFICES = {f"N{letter}": f"新{letter}办事处" for letter in "ABCDEFGH"}
"""Beside the plan's own six."""
BY_MAIL = "党政办（督查室）"
BASIS = "basis: {number: 郑经小区办〔2018〕1号, title: 关于报送住宅小区管理提升工作周报的通知, signed: 2018-07-20}"
Tick = tuple[datetime, str]


def write_plan(folder: Path) -> Path:
    """The committed plan with more offices, a recipient by mail and the basis of weekly returns, into `folder`."""
    path = widened(folder, MORE_OFFICES)
    mail = f"  recipients:\n    - {{name: {BY_MAIL}, channel: mail, address: ducha@example.com}}\n"
    text = path.read_text("utf-8").replace("  recipients:\n", mail).replace("basis: null", BASIS)
    path.write_text(text, "utf-8")
    return path


@dataclass(frozen=True)
class Weeks:
    """The ticks of a year, and the files that come before each."""

    ticks: Sequence[Tick]
    arriving: Mapping[int, Sequence[SentFile]]
    telephones: frozenset[str]


def lay_out(settings: Settings, staging: Path, weeks: int) -> Weeks:
    """Write the season's files to `staging`, and plan the ticks of so many weeks."""
    until = FIRST_DAY + timedelta(weeks=weeks)
    with open_offline(settings) as offline:
        write_season(offline.plan, offline.weeks, staging, seed=SEED, until=until, mess=MESS)
        season = simulate(offline.plan, offline.weeks, SEED, until, MESS)
        start, end = (datetime.combine(day, datetime.min.time(), ZONE) for day in (FIRST_DAY, until))
        planned = list(_worth_running(list(ticks.ticks_between(offline.weeks, start, end)), season.files))
    arriving: dict[int, list[SentFile]] = {}
    for file in season.files:
        place = next((n for n, (moment, _) in enumerate(planned) if moment >= file.received_at), None)
        if place is not None:
            arriving.setdefault(place, []).append(file)
    telephones = frozenset(str(file.content.cover["telephone"]) for file in season.files)
    return Weeks(planned, arriving, telephones)


def _worth_running(every: Sequence[Tick], files: Sequence[SentFile]) -> Iterator[Tick]:
    """Listings that show something new and the late one of each day; deliveries that follow anything else."""
    received = [file.received_at for file in files]
    since, written = datetime.min.replace(tzinfo=ZONE), False
    for moment, dag_id in every:
        if dag_id == ticks.DELIVER:
            wanted, written = written, False
        elif dag_id == ticks.COLLECT:
            new = any(since < at <= moment for at in received)
            wanted, since = new or moment.time() == ticks.LATE_LISTING, moment
            written = written or new
        else:
            wanted = written = True
        if wanted:
            yield moment, dag_id


def run_tick(app: App, tick: Tick, mail: MailSettings) -> None:
    """What the tick's DAG does; what it drafts is signed at once by the persons whom the plan names."""
    moment, dag_id = tick
    if dag_id == ticks.DELIVER:
        app.deliver(moment, mail)
        return
    app.judge(app.discover(moment), moment)
    app.hand_back(moment)
    if dag_id == ticks.BLANKS:
        app.next_blanks.hand_out(moment)
    elif dag_id == ticks.WATCH:
        app.draft_due_letters(moment)
        app.draft_corrections(moment)
    elif dag_id == ticks.REPORT:
        app.draft_weekly_report(moment)
    elif dag_id == ticks.MONTH:
        app.draft_monthly_papers(moment)
    elif dag_id == ticks.YEAR_END:
        app.draft_quarterly_papers(moment)
        app.draft_year_assessment(moment)
    app.signing_all.run(moment)
