"""Holiday notices: dates of publication from a YAML file, days from the library chinesecalendar (domain.md §3)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from duban.adapters.planfile.document import Document, read_document
from duban.adapters.planfile.faults import Fault, plan_error
from duban.adapters.planfile.notice_schema import Notice, NoticeFile
from duban.adapters.planfile.validation import validated
from duban.core.workdays import HolidayNotice

SATURDAY = 6


def load_notices(path: Path) -> tuple[HolidayNotice, ...]:
    """The notices of one file.

    A year that the installed chinesecalendar does not know has no notice: it stays provisional, and whatever relies on
    it says so. Raises PlanError for a file that cannot be used.
    """
    document = read_document(path)
    file = validated(NoticeFile, document)
    faults = [fault for n, notice in enumerate(file.notices) for fault in _faults(notice, n, document)]
    if faults:
        raise plan_error(path, faults)
    return tuple(built for notice in file.notices if (built := _built(notice)))


def _faults(notice: Notice, n: int, document: Document) -> Iterator[Fault]:
    both = set(notice.off) & set(notice.work)
    for field, days in (("off", notice.off), ("work", notice.work)):
        for d, day in enumerate(days):
            place = ("notices", n, field, d)
            if _year_of_notice(day) != notice.year and day.year != notice.year:
                yield Fault("not_in_year", place, {"found": day, "year": notice.year}, document.line(place))
            if day in both and field == "work":
                yield Fault("both", place, {"found": day}, document.line(place))


def _built(notice: Notice) -> HolidayNotice | None:
    moved = _library_days(notice.year) if notice.days else {}
    if moved is None:
        return None
    moved |= dict.fromkeys(notice.off, False) | dict.fromkeys(notice.work, True)
    return HolidayNotice(
        year=notice.year,
        published=notice.published,
        off=frozenset(day for day, works in moved.items() if not works and day.isoweekday() < SATURDAY),
        work=frozenset(day for day, works in moved.items() if works and day.isoweekday() >= SATURDAY),
        reference=notice.reference,
    )


def _library_days(year: int) -> dict[date, bool] | None:
    """Every day that the notice for `year` names in its final form, and whether it is worked; None: not covered."""
    from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415 - 40 ms, and only plans need it

    if not any(day.year == year for day in holidays):
        return None
    off = {day: False for day in holidays if _year_of_notice(day) == year}
    return off | {day: True for day in workdays if _year_of_notice(day) == year}


def _year_of_notice(day: date) -> int:
    """December's moved days all surround New Year's Day, which the next year's notice settles."""
    return day.year + 1 if day.month == 12 else day.year
