"""Which letters a season calls for by domain.md §4–§6, from its truth.json alone: an oracle for the golden tables.

It shares no code with the product, or it would prove nothing: working days are chinesecalendar's own, the plan's dates
and rungs are written out again. It knows a season in which every letter is signed and sent the day it is drafted,
nobody asks for a 延期 or raises a 异议, and the schemes (S3a, S3b) are all there three workdays before they are due.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

from chinese_calendar import is_workday

CHINA = timezone(timedelta(hours=8))
OFFICES = ("MH", "JH", "CH", "QC", "JL", "XY")
DAY = timedelta(days=1)
MORNING, NOON_AFTER, CUTOFF = time(8, 30), time(14), time(17)
RUNGS = ((-3, "工作提示"), (1, "催办通知单"), (3, "督办通知单"), (10, "提请通报批评的建议"))
REMINDED, URGED = RUNGS[0][1], RUNGS[1][1]
BEFORE = {RUNGS[2][1]: URGED, RUNGS[3][1]: RUNGS[2][1]}  # domain.md §6: a rung needs the one before it …
AGE = 2  # … delivered at least so many working days ago
TO_CORRECT = 3  # domain.md §4, K-n
SURVEY, MEETING, PROJECT = date(2018, 7, 30), date(2018, 8, 10), date(2018, 8, 24)
FIRST_PROJECT_WEEK = date(2018, 8, 17)  # the first cut-off of the implementation phase
SCHEMES = date(2018, 12, 30)
DUPLICATE = "F10"

GOLDEN = Path(__file__).parents[1] / "golden" / "letters"
COMMENT = "#"
Truth = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A golden table of letters: which season to which day; `ordered` by a 报送通知; one of our own by its seed."""

    name: str
    until: date
    ordered: bool
    seed: int = 0
    mess: float = 0

    @property
    def path(self) -> Path:
        return GOLDEN / f"{self.name}.txt"

    def lines(self, until: date | None = None) -> list[str]:
        """The letters up to the end of a day."""
        last = (until or self.until).isoformat()
        return [line for line in self._all() if not line.startswith(COMMENT) and line[: len(last)] <= last]

    def accept(self, lines: Sequence[str]) -> None:
        """Write the table anew below its head."""
        head = [line for line in self._all() if line.startswith(COMMENT)]
        self.path.write_text("\n".join([*head, *lines]) + "\n", "utf-8")

    def _all(self) -> list[str]:
        return self.path.read_text("utf-8").splitlines()


GIVEN = Table("given-without-basis", date(2018, 10, 26), ordered=False)
OWN = Table("own-with-basis", date(2018, 12, 31), ordered=True, seed=7, mess=0.2)


@dataclass
class Item:
    """One obligation of one office; `climbs` above 提醒 only where something orders it, K-n has no 提醒 at all."""

    key: str
    office: str
    due: datetime
    met: datetime | None
    climbs: bool = True
    reminded_at: time = MORNING
    week: date | None = None
    correcting_until: date | None = None
    corrects: bool = False
    had: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """A workbook as the truth tells of it; `number` is its place in order of receipt, from 1."""

    number: int
    office: str
    week: date
    at: datetime
    counts: bool
    zero: bool
    faults: frozenset[tuple[str, str]]

    @property
    def returned(self) -> bool:
        return bool(self.faults)

    @property
    def corrected_by(self) -> date:
        return workdays_after(self.at.date(), TO_CORRECT)


def since(day: date, until: date) -> int:
    """The working days after `day` up to and including `until`."""
    return sum(is_workday(day + n * DAY) for n in range(1, (until - day).days + 1))


def workdays_after(day: date, count: int) -> date:
    while count:
        day += DAY
        count -= is_workday(day)
    return day


def at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, CHINA)


def end_of(day: date) -> datetime:
    return at(day, time.max)


def letters_by_rule(truth: Truth, until: date, *, ordered: bool) -> list[str]:
    """`2018-07-31 08:30 MH 催办通知单 S1:MH`, one line a letter up to the day `until`, oldest first.

    `ordered`: a 报送通知 was signed before the first week.
    """
    sent = list(read(truth))
    items = list(obligations(truth, sent, ordered=ordered))
    cutoffs = {item.week for item in items if item.week and not item.corrects}
    told: list[str] = []
    day = date(2018, 7, 19)
    while day <= until:
        for hour in (MORNING,) * is_workday(day) + (NOON_AFTER,) * (day in cutoffs):
            told += watch(at(day, hour), items, sent)
        day += DAY
    return told


def read(truth: Truth) -> Iterator[Sent]:
    for number, one in enumerate(truth["returns"], 1):
        rows = {(fault["code"], fault["compound"]) for fault in one["row_findings"]}
        file = one["file_finding"]
        yield Sent(
            number=number,
            office=one["office"],
            week=date.fromisoformat(one["week"]),
            at=datetime.fromisoformat(one["received"]),
            counts=file is None,
            zero=one["fate"] == "zero",
            faults=frozenset(rows | ({(file, "")} if file and file != DUPLICATE else set())),
        )


def obligations(truth: Truth, sent: Sequence[Sent], *, ordered: bool) -> Iterator[Item]:
    weeks = [date.fromisoformat(week) for week in truth["weeks"]]
    for office in OFFICES:
        own = [one for one in sent if one.office == office]
        for key, due in (("S1", SURVEY), ("S2", MEETING)):
            met = truth[f"{key.lower()}_met_at"].get(office)
            yield Item(f"{key}:{office}", office, end_of(due), met and datetime.fromisoformat(met))
        covering = (o.at for o in own if o.counts and not o.zero and not o.faults and o.week >= FIRST_PROJECT_WEEK)
        yield Item(f"S3c:{office}", office, end_of(PROJECT), next(covering, None), climbs=ordered)
        for week in weeks:
            yield weekly(office, week, own, ordered=ordered)
        yield from corrections(office, own) if ordered else ()
    require_schemes(truth, weeks)


def weekly(office: str, week: date, own: Sequence[Sent], *, ordered: bool) -> Item:
    came = [one for one in own if one.week == week]
    year, number, _ = week.isocalendar()
    due = at(week, CUTOFF)
    back = [one.corrected_by for one in came if one.returned and one.at <= due]
    return Item(
        f"W-{year}-W{number:02}:{office}",
        office,
        due,
        next((one.at for one in came if one.counts), None),
        climbs=ordered,
        reminded_at=NOON_AFTER,
        week=week,
        correcting_until=max(back, default=None),
    )


def corrections(office: str, own: Sequence[Sent]) -> Iterator[Item]:
    for place, one in enumerate(own):
        if one.returned:
            later = (o.at for o in own[place + 1 :] if o.counts and o.week >= one.week and not o.faults & one.faults)
            due = end_of(one.corrected_by)
            yield Item(f"K-{one.number}:{office}", office, due, next(later, None), week=one.week, corrects=True)


def require_schemes(truth: Truth, weeks: Sequence[date]) -> None:
    """S3a, S3b are left out above: nothing of them may be open when they would be reminded of."""
    before = [week for week in weeks if since(week, SCHEMES) > -RUNGS[0][0]]
    if weeks[-1] >= SCHEMES - 3 * DAY:
        for office, counts in truth["at_cutoff"][before[-1].isoformat()].items():
            assert counts["deliberated"] == counts["known_compounds"], office


def watch(now: datetime, items: Sequence[Item], sent: Sequence[Sent]) -> Iterator[str]:
    """The letters of one run: one an office and rung, with all its items that reach the rung, first due first."""
    reached = [(item, rung_of(item, now, items, sent)) for item in items]
    for office in OFFICES:
        for _, paper in RUNGS:
            due = [item for item, rung in reached if (item.office, rung) == (office, paper)]
            due.sort(key=lambda item: (item.due, item.key))
            for item in due:
                item.had[paper] = now.date()
            if due:
                yield f"{now:%Y-%m-%d %H:%M} {office} {paper} {' '.join(item.key for item in due)}"


def rung_of(item: Item, now: datetime, items: Sequence[Item], sent: Sequence[Sent]) -> str | None:
    if is_off(item, now, items, sent):
        return None
    paper = (reached_before_due if now <= item.due else reached_after_due)(item, now)
    if paper is None or paper in item.had:
        return None
    needed = BEFORE.get(paper)
    if needed and (needed not in item.had or since(item.had[needed], now.date()) < AGE):
        return None
    return paper


def is_off(item: Item, now: datetime, items: Sequence[Item], sent: Sequence[Sent]) -> bool:
    """Met; in correction; a week that lapsed; a correction while its week's return is itself open, or not asked yet."""
    if item.met is not None and item.met <= now:
        return True
    if item.corrects:
        one = sent[int(item.key[2:].partition(":")[0]) - 1]
        week = next(i for i in items if not i.corrects and (i.office, i.week) == (item.office, item.week))
        return one.at > now or not (lapsed(week, now, sent) or (week.met is not None and week.met <= now))
    back = [o for o in sent if (o.office, o.week) == (item.office, item.week) and o.returned and o.at <= now]
    correcting = item.correcting_until is not None and back and now <= end_of(item.correcting_until)
    return bool(correcting) or lapsed(item, now, sent)


def lapsed(item: Item, now: datetime, sent: Sequence[Sent]) -> bool:
    """Never sent although a later week's was accepted."""
    if item.week is None or now <= item.due:
        return False
    return any(o.office == item.office and o.counts and o.at <= now and o.week > item.week for o in sent)


def reached_before_due(item: Item, now: datetime) -> str | None:
    if item.corrects or now.time() < item.reminded_at:
        return None
    if item.week is not None:  # a weekly return: only at its hour on the day itself
        return REMINDED if now.date() == item.due.date() else None
    return REMINDED if since(now.date(), item.due.date()) <= -RUNGS[0][0] else None


def reached_after_due(item: Item, now: datetime) -> str | None:
    """The highest rung by the working days since it was due, or since its correction was."""
    if not item.climbs:
        return None
    late = since(max(item.due.date(), item.correcting_until or date.min), now.date())
    reached = [paper for days, paper in RUNGS if 0 < days <= late]
    if item.corrects:
        return URGED if reached else None
    return reached[-1] if reached else None
