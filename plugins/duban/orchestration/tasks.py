"""The bodies of the DAGs' tasks: one call each into the product. XCom carries ids and paths of ours, nothing else."""

# ruff: noqa: PLC0415 - a DAG file imports this module again and again; the product is for the task that runs

import atexit
import logging
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Any

from airflow.sdk import get_current_context

from duban.core.errors import UsageError
from duban.core.plan_heads import name_and_plan
from duban.core.weeks import ZONE

if TYPE_CHECKING:
    from duban.adapters.settings import Settings
    from duban.wiring import App

log = logging.getLogger(__name__)

# Airflow maps over at most 1,024 elements.
MOST_MAPPED = 1000
# The last validations that Data Docs show.
DOCUMENTED = 20

_open_apps: "dict[Settings, App]" = {}
_closing = ExitStack()


def app(plan: str | None = None) -> "App":
    """The product of a plan, opened once in a process: a task's process runs one task, a replay's process thousands.

    `plan`: its key; of the run whose task is at work where none is given. Raises UsageError where there are several
    plans and neither says which.
    """
    from duban.adapters.settings import Settings
    from duban.wiring import open_app
    from duban.wiring.plans import chosen

    settings = chosen(Settings(), current_plan() if plan is None else plan)
    if settings not in _open_apps:
        if not _open_apps:
            atexit.register(close_apps)
        _open_apps[settings] = _closing.enter_context(open_app(settings))
    return _open_apps[settings]


def districts() -> dict[str, str]:
    """The key of each plan → its district, where there are several; of those whose files can be used."""
    from duban.adapters.settings import Settings
    from duban.wiring.plans import plan_heads

    settings = Settings()
    return {head.key: head.district for head in plan_heads(settings) if head.key} if settings.plans else {}


def close_apps() -> None:
    """Close what `app` opened, so that the database can be stopped."""
    _open_apps.clear()
    _closing.close()


def current_plan() -> str:
    """The key of the plan whose task is at work; empty where there is one plan, or no task is."""
    try:
        return plan_of(get_current_context())
    except RuntimeError:
        return ""


def plan_of(context: Mapping[str, Any]) -> str:
    """The key of the plan that a run is about: its DAG's id ends with it, where there are several."""
    return name_and_plan(context["dag_run"].dag_id)[1]


def current_as_of() -> datetime:
    """The `as_of` of the run whose task is at work."""
    return as_of(get_current_context())


def as_of(context: Mapping[str, Any]) -> datetime:
    """The only clock of a run: its Param `as_of`, else its logical date, else the time it was due to run."""
    given = context["params"]["as_of"]
    run = context["dag_run"]
    moment = _instant(given) if given else run.logical_date or run.run_after
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(ZONE)


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"“计算时点”写作 {text}，不是时间；请写成 2018-08-17T17:00:00+08:00。") from error


def discover(moment: datetime) -> list[list[int]]:
    """List and archive the inbox as it was at `moment`; returns the ids that wait for a verdict, in chunks.

    Always at least one chunk: Airflow skips what follows an empty map, and "no returns" must still be reported.
    """
    from duban.adapters.settings import Settings

    ids = app().discover(moment)
    log.info("%d returns wait for a verdict", len(ids))
    size = max(Settings().chunk, -(-len(ids) // MOST_MAPPED))
    return [ids[n : n + size] for n in range(0, len(ids), size)] or [[]]


def judge(return_ids: Sequence[int], moment: datetime) -> None:
    """Read, check and record one chunk. A bad file is a verdict, never a failed task."""
    if return_ids:
        log.info("verdicts: %s", app().judge(return_ids, moment))


def hand_back(moment: datetime) -> list[int]:
    """Answer every return that has its verdict and no answer yet; returns the ids of the slips."""
    return app().hand_back(moment)


def hand_out_blanks(moment: datetime) -> list[str]:
    """Put the offices' blanks for the week of `moment` into the outbox; returns their paths there."""
    return app().next_blanks.hand_out(moment)


def draft_weekly_report(moment: datetime) -> list[int]:
    """Draft the weekly report; returns the paper's id, or nothing."""
    return app().draft_weekly_report(moment)


def draft_year_assessment(moment: datetime) -> list[int]:
    """Draft the year's assessment when a year is judged; returns the paper's id, or nothing."""
    return app().draft_year_assessment(moment)


def draft_quarterly_papers(moment: datetime) -> list[int]:
    """Draft what a quarter's first working day brings; returns the papers' ids."""
    return app().draft_quarterly_papers(moment)


def draft_monthly_papers(moment: datetime) -> list[int]:
    """Draft what a month's first working day brings; returns the papers' ids."""
    return app().draft_monthly_papers(moment)


def deliver(moment: datetime) -> list[int]:
    """Register the receipts that came, send what was signed; returns the ids of the deliveries tried."""
    from duban.orchestration.mail import mail_settings

    log.info("papers answered: %s", app().collect_receipts(moment))
    return app().deliver(moment, mail_settings())


def draft_corrections(moment: datetime) -> list[int]:
    """Draft what corrects signed papers; returns the papers' ids."""
    return app().draft_corrections(moment)


def draft_due_letters(moment: datetime) -> list[int]:
    """Draft the letters that are due; returns the papers' ids."""
    return app().draft_due_letters(moment)


def remind_persons(moment: datetime) -> None:
    """Remind reviewers and signers of what has waited for a day."""
    log.info("reminded: %s", app().remind_persons(moment))


def keep_snapshot(moment: datetime) -> None:
    """Keep what the board shows of `moment`, and of the cut-off before it."""
    log.info("kept: %s", [str(kept) for kept in app().keeping_snapshots.run(moment)])


def keep_cutoffs(moment: datetime) -> None:
    """Keep what the board shows of earlier cut-offs, where it is not kept."""
    log.info("kept: %s", [str(kept) for kept in app().keeping_snapshots.make_good(moment)])


def watch(moment: datetime) -> None:
    """Tell what should have happened and did not."""
    log.info("told: %s", app().watch(moment))


def verify(moment: datetime) -> None:
    """Verify everything; what is not sound is told, and no reason to try again."""
    log.info("defects: %s", app().verify_tonight(moment))


def back_test(moment: datetime) -> None:
    """Make the papers of one past week again; what differs is told."""
    log.info("papers that differ: %s", app().back_test_tonight(moment))


def data_docs() -> None:
    """Build the data team's site anew."""
    log.info("built %s", app().build_data_docs(DOCUMENTED))


def digest(moment: datetime) -> None:
    """Tell what the day was."""
    app().alerts.tell(app().digest.of(moment))


def waiting_for_signature() -> list[int]:
    """The papers that wait for a person, at most as many as Airflow maps over; the next run finds the others."""
    return app().sign_off.waiting()[:MOST_MAPPED]
