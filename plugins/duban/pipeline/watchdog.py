"""The watchdog: tells what should have happened and did not, from our own tables and not from Airflow's.

It also speaks when Airflow itself does not run: `duban watch` is for the machine's own timer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from duban.core import watchdog_texts as texts
from duban.core.alerts import Alert
from duban.core.delivery import RETRIED, DeliveryState
from duban.core.papers import PaperKind, PaperState
from duban.core.plan import Plan
from duban.core.weeks import ZONE, Weeks
from duban.pipeline.delivery_ports import Deliveries
from duban.pipeline.paper_ports import Register
from duban.pipeline.ports import Ledger

SILENCE = timedelta(hours=2)
REPORT_AFTER = timedelta(hours=1)
WAITING_WORKDAYS = 2
WATCHED = (time(9), time(19))
"""Collection runs from 7 to 19 h on working days; its first two hours are no silence yet."""


@dataclass(frozen=True, slots=True)
class Watchdog:
    """Looks once, as of an instant."""

    plan: Plan
    weeks: Weeks
    ledger: Ledger
    register: Register
    deliveries: Deliveries

    def run(self, as_of: datetime) -> tuple[Alert, ...]:
        """Everything that did not happen by `as_of`."""
        local = as_of.astimezone(ZONE)
        return (*self._collected(local), *self._reported(local), *self._waiting(local), *self._doubtful(local))

    def _collected(self, as_of: datetime) -> Iterator[Alert]:
        """Working days from nine to seven: each office's folder was listed in the last two hours."""
        workdays = self.weeks.calendar.known_on(as_of.date())
        if not workdays.is_workday(as_of.date()) or not WATCHED[0] <= as_of.time() <= WATCHED[1]:
            return
        since = as_of - SILENCE
        silent = [one for one in self.plan.offices if not self.ledger.listings_between(one.code, since, as_of)]
        if len(silent) == len(self.plan.offices):
            yield Alert("watch:collect", texts.NO_COLLECTION, texts.NO_COLLECTION_TEXT.format(since=since), as_of)
        elif silent:
            names = "、".join(one.name for one in silent)
            codes = ".".join(one.code for one in silent)
            subject = texts.UNREACHABLE.format(offices=names)
            yield Alert(f"watch:unreachable.{codes}", subject, texts.UNREACHABLE_TEXT, as_of)

    def _reported(self, as_of: datetime) -> Iterator[Alert]:
        """The last week that is closed has its report an hour later."""
        closed = self.weeks.closed_by(as_of - REPORT_AFTER)
        if not closed:
            return
        week = closed[-1]
        papers = self.register.papers()
        if not any(one.kind is PaperKind.WEEKLY_REPORT and one.as_of == week.cutoff for one in papers):
            text = texts.NO_REPORT_TEXT.format(cutoff=week.cutoff)
            yield Alert(f"watch:report.{week.key}", texts.NO_REPORT.format(week=week.key), text, as_of)

    def _waiting(self, as_of: datetime) -> Iterator[Alert]:
        """No draft waits for two working days."""
        workdays = self.weeks.calendar.known_on(as_of.date())
        waiting = [
            one.id
            for one in self.register.papers()
            if one.state in (PaperState.DRAFTED, PaperState.REVIEWED)
            and workdays.between(one.as_of.astimezone(ZONE).date(), as_of.date()) >= WAITING_WORKDAYS
        ]
        yield from _counted("watch:waiting", texts.WAITING, texts.WAITING_TEXT, waiting, as_of)

    def _doubtful(self, as_of: datetime) -> Iterator[Alert]:
        """No delivery waits for a person's decision."""
        stuck = (*RETRIED, DeliveryState.HELD)
        found = [one.id for one in self.deliveries.all() if one.state in stuck]
        yield from _counted("watch:deliveries", texts.DOUBTFUL, texts.DOUBTFUL_TEXT, found, as_of)


def _counted(key: str, subject: str, text: str, ids: Sequence[int], as_of: datetime) -> Iterator[Alert]:
    if ids:
        told = text.format(ids="、".join(map(str, ids[:20])) + ("……" if len(ids) > 20 else ""))
        yield Alert(key, subject.format(count=len(ids)), told, as_of)
