"""Holding offices to the plan's limits when their folders are collected."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from duban.core import limit_texts as texts
from duban.core.limits import MEGABYTE, Limits, admit
from duban.core.plan import Plan
from duban.core.weeks import ZONE
from duban.pipeline.paper_ports import PaperShelf
from duban.pipeline.ports import NewFile

LOG = logging.getLogger(__name__)

TakenOn = Callable[[Collection[str], datetime], Mapping[str, int]]
"""How many files of each office were taken in on the day of an instant."""


class LimitOffices:
    """Lets through what the plan allows; an office that sent more is told so in its outbox, once a day."""

    def __init__(self, plan: Plan, taken_on: TakenOn, outbox: PaperShelf) -> None:
        self._plan = plan
        self._taken_on = taken_on
        self._outbox = outbox

    def __call__(self, files: Sequence[NewFile], as_of: datetime) -> Sequence[NewFile]:
        """The files that are taken in now."""
        limits = self._plan.limits
        if limits is None or not files:
            return files
        admitted = admit(limits, files, self._taken_on({file.office for file in files}, as_of))
        left: dict[str, tuple[list[NewFile], list[NewFile]]] = defaultdict(lambda: ([], []))
        for place, kept in enumerate((admitted.too_large, admitted.too_many)):
            for file in kept:
                left[file.office][place].append(file)
        for office, (too_large, too_many) in left.items():
            self._tell(office, limits, too_large, too_many, as_of)
        return admitted.taken

    def _tell(
        self, office: str, limits: Limits, too_large: list[NewFile], too_many: list[NewFile], as_of: datetime
    ) -> None:
        count = len(too_large) + len(too_many)
        LOG.warning(texts.LOGGED, office, count)
        day = as_of.astimezone(ZONE)
        path = f"{office}/{texts.NAME.format(day=day.date())}"
        if self._stands(path):
            return
        parts = "".join([*_large(limits, too_large), *_many(limits, too_many)])
        known = self._plan.office(office)
        name = known.name if known else office
        told = texts.TOLD.format(office=name, day=day.date(), time=f"{day:%H:%M}", count=count, parts=parts)
        self._outbox.put(path, told.encode("utf-8-sig"))

    def _stands(self, path: str) -> bool:
        """Whether the office was told on this day; what more it sends is not told again."""
        try:
            self._outbox.get(path)
        except FileNotFoundError:
            return False
        return True


def _large(limits: Limits, files: list[NewFile]) -> list[str]:
    if not files:
        return []
    first = files[0]
    told = {"path": first.path, "count": len(files), "limit": limits.megabytes_a_file}
    return [texts.TOO_LARGE.format(**told, size=first.size / MEGABYTE)]


def _many(limits: Limits, files: list[NewFile]) -> list[str]:
    if not files:
        return []
    return [texts.TOO_MANY.format(path=files[0].path, count=len(files), limit=limits.files_a_day)]
