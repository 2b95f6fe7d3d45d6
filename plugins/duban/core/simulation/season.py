"""A made-up season of returns from a plan alone: what offices send, when, and what is wrong with it.

The same seed gives the same season, and one that goes on longer begins with the same files: every office and week
draws from a source of chance of its own. Nothing here is read by the product; the demo and tests use it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from duban.core.checked import Value
from duban.core.plan import Evidence, Plan
from duban.core.returns import FORM_VERSION, Form, ReturnKind, declare_form
from duban.core.simulation import words
from duban.core.simulation.district import OfficeLife, Row, due_of, imagine_office, rng_of
from duban.core.simulation.faults import PROJECT, WORK, Situation, spoil_file, spoil_rows
from duban.core.simulation.files import Content, Fate, Season, SentFile
from duban.core.weeks import ZONE, ReportingWeek, Weeks

_ACTIVITIES = "activities"
_OFFICE_OPENS, _OFFICE_CLOSES = time(9), time(17, 30)
_FATES = {
    Fate.SENT: 67,
    Fate.ROW_FAULTS: 15,
    Fate.FILE_FAULT: 6,
    Fate.ZERO: 4,
    Fate.LATE: 4,
    Fate.MISSING: 2,
    Fate.COPIED: 2,
}


def simulate(plan: Plan, weeks: Weeks, seed: int, until: date, mess: float) -> Season:
    """The season of `plan` up to the end of the day `until`. `mess` (0 … 1) is kept for the files' layout."""
    chance = rng_of(seed, plan.key)
    order = [office.code for office in chance.sample(plan.offices, len(plan.offices))]
    late_survey = tuple(sorted(order[: len(order) // 3]))
    no_meeting = tuple(order[-1:]) if due_of(plan, Evidence.ACTIVITY) else ()
    form = declare_form(tuple((aim.key, aim.name) for aim in plan.aims), plan.departments)
    calendar = tuple(_weeks_begun(weeks, until))
    files: list[SentFile] = []
    for office in plan.offices:
        life = imagine_office(plan, office, seed, meets_late=office.code in no_meeting)
        sender = _Sender(plan, weeks, form, life, seed, slow=office.code in late_survey)
        files += sender.send_all(calendar)
    received = [file for file in files if file.received_at.date() <= until]
    received.sort(key=lambda file: (file.received_at, file.path))
    return Season(seed, mess, calendar, tuple(received), late_survey, no_meeting)


def _weeks_begun(weeks: Weeks, until: date) -> Iterator[ReportingWeek]:
    """Every reporting week begun by `until`, each as the calendar was known when it began."""
    day = weeks.first_day
    week = weeks.covering(day, day)
    while week is not None and week.first_day <= until:
        yield week
        day = week.last_day + timedelta(days=1)
        week = weeks.covering(day, day)


@dataclass
class _Sender:
    """One office's clerk through the season."""

    plan: Plan
    weeks: Weeks
    form: Form
    life: OfficeLife
    seed: int
    slow: bool
    settled: bool = False  # a whole return was accepted, so that a lost row leaves an earlier one standing
    reported_through: date | None = None
    names: set[str] = field(default_factory=set)

    def send_all(self, calendar: Sequence[ReportingWeek]) -> list[SentFile]:
        """Every file for the weeks of `calendar`, whenever it is received."""
        return [file for week in calendar for file in self._send(week)]

    def _send(self, week: ReportingWeek) -> list[SentFile]:
        rng = rng_of(self.seed, self.plan.key, self.life.office.code, week.key)
        fate = self._fate(rng, week)
        if fate is Fate.MISSING:
            return []
        received = self._late(rng, week) if fate is Fate.LATE else self._in_time(rng, week)
        kind = ReturnKind.ZERO if fate is Fate.ZERO else ReturnKind.NORMAL
        sent = self._file(rng, week, received, fate, kind)
        match fate:
            case Fate.FILE_FAULT:
                return self._with_faulty_file(rng, sent)
            case Fate.ROW_FAULTS:
                return self._with_faulty_rows(rng, sent)
            case Fate.COPIED:
                self._accept(sent)
                return [sent, self._copy(rng, sent)]
            case _:
                self._accept(sent)
                return [sent]

    # ── what happens ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _fate(self, rng: Random, week: ReportingWeek) -> Fate:
        fate = rng.choices(list(_FATES), list(_FATES.values()))[0]
        due = due_of(self.plan, Evidence.SURVEY)
        if self.slow and due is not None and week.cutoff.date() <= due:
            return Fate.LATE if week.last_day + timedelta(days=7) > due else Fate.MISSING
        if not self.settled:
            return Fate.SENT
        return fate

    def _in_time(self, rng: Random, week: ReportingWeek) -> datetime:
        """A minute of office hours before the cut-off, mostly of its day."""
        day = week.cutoff.date()
        before = self.weeks.calendar.known_on(day).last_on_or_before(day - timedelta(days=1))
        if rng.random() < 0.15 and before >= week.first_day:
            return _minute(rng, before, _OFFICE_OPENS, _OFFICE_CLOSES)
        return _minute(rng, day, _OFFICE_OPENS, (week.cutoff - timedelta(minutes=5)).time())

    def _late(self, rng: Random, week: ReportingWeek) -> datetime:
        """After the cut-off; the survey of a slow office also after its due date."""
        due = due_of(self.plan, Evidence.SURVEY)
        first = max(week.cutoff.date(), due) if self.slow and not self.settled and due else week.cutoff.date()
        day = self.weeks.calendar.known_on(first).add(first, rng.randint(1, 2))
        return _minute(rng, day, _OFFICE_OPENS, _OFFICE_CLOSES)

    def _afterwards(self, rng: Random, moment: datetime, *, days: int) -> datetime:
        """Some hours or up to `days` working days after `moment`, in office hours."""
        soon = moment + timedelta(minutes=rng.randint(40, 180))
        wait = rng.randint(0, days)
        if wait == 0 and soon.time() <= _OFFICE_CLOSES and soon.date() == moment.date():
            return soon
        day = self.weeks.calendar.known_on(moment.date()).add(moment.date(), max(1, wait))
        return _minute(rng, day, _OFFICE_OPENS, _OFFICE_CLOSES)

    # ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _file(
        self, rng: Random, week: ReportingWeek, received: datetime, fate: Fate, kind: ReturnKind, suffix: str = ""
    ) -> SentFile:
        return SentFile(
            office=self.life.office.code,
            path=self._path(rng, week, suffix),
            week=week,
            received_at=received,
            fate=fate,
            kind=kind,
            content=self._content(week, received, kind),
            draws=f"{self.seed}:{self.plan.key}:{self.life.office.code}:{week.key}:{fate}",
        )

    def _path(self, rng: Random, week: ReportingWeek, suffix: str) -> str:
        day = week.cutoff.date()
        name = rng.choice(words.FILE_NAMES).format(
            office=self.life.office.name, month=day.month, day=day.day, date=day, number=int(week.key[-2:])
        )
        name += suffix
        if name in self.names:
            name += words.SUFFIX_YEAR.format(date=day)
        self.names.add(name)
        return f"{self.life.office.code}/{name}.xlsx"

    def _with_faulty_file(self, rng: Random, sent: SentFile) -> list[SentFile]:
        spoilt = spoil_file(rng, sent.content, self._situation(sent.week))
        bad = replace(sent, content=spoilt.content, file_finding=spoilt.code, truncated=spoilt.truncated)
        return [bad, self._correction(rng, sent)]

    def _with_faulty_rows(self, rng: Random, sent: SentFile) -> list[SentFile]:
        most = max(1, min(2, len(self.life.compounds) // 3))
        spoilt = spoil_rows(rng, sent.content, self._situation(sent.week), rng.randint(1, most))
        bad = replace(sent, content=spoilt.content, planted=spoilt.planted, rejected=spoilt.rejected)
        if rng.random() < 0.4:
            return [bad, self._correction(rng, sent)]
        self._accept(bad)
        return [bad]

    def _correction(self, rng: Random, sent: SentFile) -> SentFile:
        moment = self._afterwards(rng, sent.received_at, days=2)
        mended = self._file(
            rng, sent.week, moment, Fate.CORRECTION, ReturnKind.CORRECTION, suffix=words.SUFFIX_CORRECTION
        )
        self._accept(mended)
        return mended

    def _copy(self, rng: Random, sent: SentFile) -> SentFile:
        moment = sent.received_at + timedelta(minutes=rng.randint(3, 50))
        path = self._path(rng, sent.week, words.SUFFIX_COPY)
        return replace(sent, path=path, received_at=moment, fate=Fate.COPIED, file_finding="F10")

    def _accept(self, sent: SentFile) -> None:
        if sent.kind is not ReturnKind.ZERO:
            self.settled = True
            self.reported_through = _day_told(sent.week, sent.received_at)

    def _situation(self, week: ReportingWeek) -> Situation:
        required = self._project_required()
        others = tuple((o.code, o.name) for o in self.plan.offices if o.code != self.life.office.code)
        needs_project = required is not None and week.cutoff.date() >= required
        return Situation(self.form, self.life.office.code, week.cutoff.date(), others, needs_project)

    def _project_required(self) -> date | None:
        return due_of(self.plan, Evidence.PROJECT_LEDGER)

    # ── content ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _content(self, week: ReportingWeek, received: datetime, kind: ReturnKind) -> Content:
        day = _day_told(week, received)
        cover: dict[str, Value] = {
            "office": self.life.office.name,
            "week": week.cutoff.date(),
            "kind": kind.value,
            "clerk": self.life.clerk,
            "reviewer": self.life.reviewer,
            "telephone": self.life.telephone,
            "filled_on": received.date(),
            "version": FORM_VERSION,
        }
        zero = kind is ReturnKind.ZERO
        tables: dict[str, tuple[Row, ...]] = {WORK: () if zero else tuple(c.ledger for c in self.life.compounds)}
        if week.cutoff.date() >= min(self.plan.implementation_start, self._project_required() or date.max):
            tables[PROJECT] = () if zero else tuple(c.project_row(day) for c in self.life.compounds)
        if not zero and (activities := tuple(self._activities(day))):
            tables[_ACTIVITIES] = activities
        left_out = frozenset((t.key, key) for t in self.form.tables for key in self.life.columns_left_out)
        return Content(cover, tables, left_out)

    def _activities(self, through: date) -> Iterator[Row]:
        """What happened since the last return that was accepted."""
        first = self.reported_through + timedelta(days=1) if self.reported_through else self.plan.source.start
        for offset in range((through - first).days + 1):
            day = first + timedelta(days=offset)
            if day == self.life.meeting_on:
                yield self._meeting(day)
            elif day >= self.weeks.first_day - timedelta(days=7):
                yield from self._ordinary_activity(day)

    def _meeting(self, day: date) -> Row:
        rule = next(rule for rule in self.plan.obligations if rule.evidence is Evidence.ACTIVITY)
        rng = rng_of(self.seed, self.plan.key, self.life.office.code, day, "meeting")
        return {
            "held_on": day,
            "kind": rule.activity_kind,
            "subject": words.MEETING_SUBJECT,
            "place": rng.choice(words.HALLS) or None,
            "attendance": rng.randint(30, 120),
            "note": words.MEETING_NOTE,
        }

    def _ordinary_activity(self, day: date) -> Iterator[Row]:
        rng = rng_of(self.seed, self.plan.key, self.life.office.code, day, "activity")
        if not self.weeks.calendar.known_on(day).is_workday(day) or rng.random() > 0.22:
            return
        kind = rng.choice(sorted(words.SUBJECTS))
        yield {
            "held_on": day,
            "kind": kind,
            "subject": rng.choice(words.SUBJECTS[kind]),
            "place": rng.choice(words.HALLS) or None,
            "attendance": rng.choice((None, rng.randint(4, 60))),
            "note": None,
        }


def _day_told(week: ReportingWeek, received: datetime) -> date:
    """The day up to which a return tells: its cut-off's, or that of an early receipt."""
    return min(week.cutoff.date(), received.date())


def _minute(rng: Random, day: date, opens: time, closes: time) -> datetime:
    first, last = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
    return datetime.combine(day, time(), ZONE) + timedelta(minutes=rng.randint(first, last))
