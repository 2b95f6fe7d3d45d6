"""The chain that is killed: each task of the DAGs once, at an instant at which it has something to do.

Six offices with a season of our own. What is due on 30 July has not come from two of them; one return of the next week
is partly refused, another is late.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from duban.adapters.season import write_season
from duban.core.amendments import Amendment, Change
from duban.core.papers import PaperState
from duban.core.receipt_texts import RETURNED_FILE
from duban.core.receipts import receipt_code
from duban.core.signing import Role, automatic_rule
from duban.core.simulation.season import simulate
from duban.core.weeks import ZONE
from duban.pipeline.sign_off import Answer
from duban.wiring import App

SEED, MESS = 7, 0.2
UNTIL = date(2018, 9, 5)
LEFT_OUT = (date(2018, 8, 10), date(2018, 8, 17), date(2018, 8, 24))
"""Weeks that nobody sends: they would only be more of the same."""


@dataclass(frozen=True)
class Stage:
    """One task: its name in orchestration/tasks.py, when it is run, and what it does."""

    task: str
    at: datetime
    run: Callable[[App, datetime], object]

    @property
    def name(self) -> str:
        return f"{self.at:%m-%d %H:%M} {self.task}"

    @property
    def is_ours(self) -> bool:
        """Whether a task of duban does it, and not somebody outside."""
        return self.task in TASKS


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def prepare(app: App) -> None:
    """The inbox, what was listed and taken in before the chain begins."""
    inbox = Path(app.settings.inbox_url)
    write_season(app.plan, app.weeks, inbox, seed=SEED, until=UNTIL, mess=MESS)
    for file in simulate(app.plan, app.weeks, SEED, UNTIL, MESS).files:
        if file.week.cutoff.date() in LEFT_OUT:
            (inbox / file.path).unlink()
    for moment in ("2018-07-27 17:00", "2018-07-30 23:30"):
        app.judge(app.discover(at(moment)), at(moment))
        app.hand_back(at(moment))


def judge(app: App, moment: datetime) -> None:
    """What waits; another task found it."""
    app.judge([one.return_id for one in app.ledger.unjudged()], moment)


def ask(role: Role) -> Callable[[App, datetime], object]:
    """What sign_and_issue does: each paper's question, and its answer by the plan's own person."""

    def asked(app: App, moment: datetime) -> None:
        for paper in app.register.papers():
            if automatic_rule(app.plan, paper) is not None:
                continue
            question = app.sign_off.question(paper.id, role, moment)
            if question is not None:
                user = next(iter(question.users))
                number = question.number and question.number.replace("1号", f"{paper.id}号")
                app.sign_off.answer(paper.id, role, Answer(user, approved=True, at=moment, number=number))

    return asked


def drop_receipt(app: App, _moment: datetime) -> None:
    """An office returns the 回执 of its notice."""
    folder = app.settings.receipts_path
    folder.mkdir(exist_ok=True)
    papers = app.register.papers()
    notice = next(paper for paper in papers if paper.state is PaperState.DELIVERED and paper.rung == "urge")
    (folder / f"{RETURNED_FILE}{receipt_code(app.plan.key, notice)}.txt").write_text("收到", "utf-8")


def amend(app: App, moment: datetime) -> None:
    """The bureau takes a compound out of a baseline: what a signed 通报 says is required changes."""
    app.decisions.amend(Amendment("CH", "CH-001", Change.REMOVE, "已拆除", "李超", moment))


def deliver(app: App, moment: datetime) -> None:
    app.collect_receipts(moment)
    app.deliver(moment)


TASKS: Mapping[str, Callable[[App, datetime], object]] = {
    "discover": lambda app, moment: app.discover(moment),
    "judge": judge,
    "hand_back": lambda app, moment: app.hand_back(moment),
    "draft_due_letters": lambda app, moment: app.draft_due_letters(moment),
    "draft_corrections": lambda app, moment: app.draft_corrections(moment),
    "draft_weekly_report": lambda app, moment: app.draft_weekly_report(moment),
    "draft_monthly_papers": lambda app, moment: app.draft_monthly_papers(moment),
    "draft_quarterly_papers": lambda app, moment: app.draft_quarterly_papers(moment),
    "draft_year_assessment": lambda app, moment: app.draft_year_assessment(moment),
    "hand_out_blanks": lambda app, moment: app.next_blanks.hand_out(moment),
    "deliver": deliver,
    "keep_snapshot": lambda app, moment: app.keeping_snapshots.run(moment),
    "remind_persons": lambda app, moment: app.remind_persons(moment),
    "review": ask(Role.REVIEWER),
    "sign": ask(Role.SIGNER),
}
"""By the names of orchestration/tasks.py; review and sign are what sign_and_issue asks its persons for."""

OUTSIDE: Mapping[str, Callable[[App, datetime], object]] = {"drop_receipt": drop_receipt, "amend": amend}
"""What others do in between; nothing of it is killed."""

COLLECTING = ("discover", "judge", "hand_back")
ISSUING = ("review", "sign", "deliver")
DAYS = (
    ("2018-07-31 08:30", ("draft_due_letters", *ISSUING)),
    ("2018-08-01 09:00", ("drop_receipt", *COLLECTING, "draft_monthly_papers", "deliver")),
    ("2018-08-03 17:00", (*COLLECTING, "draft_weekly_report", *ISSUING)),
    ("2018-08-06 07:30", ("hand_out_blanks",)),
    ("2018-08-07 08:30", ("draft_due_letters",)),
    ("2018-08-31 17:00", (*COLLECTING, "draft_weekly_report", "keep_snapshot")),
    ("2018-09-03 09:00", ("draft_monthly_papers", *ISSUING)),
    ("2018-09-04 17:00", ("amend", *COLLECTING, "keep_snapshot")),
    ("2018-09-05 08:30", ("draft_corrections",)),
    ("2018-09-07 08:30", ("remind_persons",)),
    ("2018-10-08 09:00", ("draft_quarterly_papers",)),
    ("2019-01-04 17:00", ("draft_year_assessment",)),
)
CHAIN = tuple(Stage(task, at(moment), {**TASKS, **OUTSIDE}[task]) for moment, tasks in DAYS for task in tasks)
