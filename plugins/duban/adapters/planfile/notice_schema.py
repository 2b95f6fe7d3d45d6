"""The closed schema of a file of holiday notices (domain.md §3)."""

from typing import Literal

from duban.adapters.planfile.kinds import Day, Entry, Text


class Notice(Entry):
    """One notice of the State Council. `off` and `work` are said on top of `days`, or of plain weeks without it."""

    year: int
    published: Day
    reference: Text
    days: Literal["chinesecalendar"] | None = None
    off: tuple[Day, ...] = ()
    work: tuple[Day, ...] = ()


class NoticeFile(Entry):
    """A file of notices."""

    notices: tuple[Notice, ...]
