"""Checking one workbook offline, for the clerk: the same findings, without a database (returns.md)."""

from collections.abc import Mapping
from datetime import datetime

from duban.core.compound import Compound
from duban.core.errors import UnreadableReturnError, UsageError
from duban.core.plan import Plan
from duban.core.sheets import RawBook
from duban.core.state import fold
from duban.pipeline.check import Checker, CheckResult
from duban.pipeline.ports import Reader

NamedContent = tuple[str, bytes]
"""A name as the inbox would have it, which tells a folder of .csv files from a file, and the bytes."""


class CheckFile:
    """Reads one file (and last week's, when given) and judges it."""

    def __init__(self, reader: Reader, checker: Checker, plan: Plan) -> None:
        self._reader = reader
        self._checker = checker
        self._plan = plan

    def run(
        self, file: NamedContent, office: str | None, received_at: datetime | None, last: NamedContent | None
    ) -> CheckResult:
        """The findings of `file`; what was not given (office, time, last week) is listed as not checked.

        Raises UsageError when `office` is no office of the plan.
        """
        if office is not None and self._plan.office(office) is None:
            codes = "、".join(known.code for known in self._plan.offices)
            raise UsageError(f"没有代码为“{office}”的办事处，可用的代码：{codes}。")
        before = self._state_after(last, office) if last is not None else None
        return self._judge(self._read(file), office, received_at, before)

    def _judge(
        self,
        book: RawBook | UnreadableReturnError,
        office: str | None,
        received_at: datetime | None,
        before: Mapping[str, Compound] | None,
    ) -> CheckResult:
        last = (lambda _office, _week: before) if before is not None else None
        return self._checker.check(book, folder=office, received_at=received_at, last=last)

    def _state_after(self, file: NamedContent, office: str | None) -> Mapping[str, Compound]:
        checked = self._judge(self._read(file), office, None, None).checked
        return fold({}, checked.rows, tuple(aim.key for aim in self._plan.aims))

    def _read(self, file: NamedContent) -> RawBook | UnreadableReturnError:
        [(_, book)] = self._reader.read_all([file])
        return book
