"""Dates as clerks write them (returns.md): cells, serial numbers, texts. None where one would have to guess."""

import re
from datetime import date, datetime, timedelta

from duban.core.cleaning import fold_width

# A written-out year may be far off and is then a finding about the date; before 1950 Excel shows stray small numbers.
_FIRST, _LAST = date(1950, 1, 1), date(2100, 12, 31)
# A bare number is taken for a serial only where it gives a plausible day; other numbers are no dates.
_FIRST_SERIAL, _LAST_SERIAL = date(1990, 1, 1), date(2050, 12, 31)
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_PATTERNS = tuple(
    re.compile(pattern + _TIME, re.ASCII)
    for pattern in (
        r"(\d{4}) ?(?P<mark>[-/.]) ?(\d{1,2}) ?(?P=mark) ?(\d{1,2})",
        r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日?",
        r"(\d{4})(\d{2})(\d{2})",
    )
)
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)


def date_of_cell(day: date) -> date | None:
    """The day of a date or datetime cell; the time of day is dropped."""
    return _within(day.date() if isinstance(day, datetime) else day, _FIRST, _LAST)


def date_of_number(number: float, *, epoch: date) -> date | None:
    """The day that a plain number in a date column stands for: a serial (43315) or 20180803."""
    first, last = (day.toordinal() - epoch.toordinal() for day in (_FIRST_SERIAL, _LAST_SERIAL))
    if first <= number < last + 1:
        return epoch + timedelta(days=int(number))
    return _date_of_digits(f"{number:.0f}") if 10**7 <= number < 10**8 and number == int(number) else None


def date_of_text(text: str, *, epoch: date) -> date | None:
    """The day that a cleaned text writes out with its four-digit year, in one of the known ways."""
    folded = fold_width(text)
    if _NUMBER.fullmatch(folded):
        return date_of_number(float(folded), epoch=epoch)
    return _date_of_digits(folded)


def _date_of_digits(text: str) -> date | None:
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            digits = [part for part in match.groups() if part.isdigit()]
            return _calendar_day(*map(int, digits))
    return None


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return _within(date(year, month, day), _FIRST, _LAST)
    except ValueError:
        return None


def _within(day: date, first: date, last: date) -> date | None:
    return day if first <= day <= last else None
