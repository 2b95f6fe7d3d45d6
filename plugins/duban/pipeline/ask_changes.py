"""Asking an office to change what it returned: checked, recorded, and told to it in its folder of the outbox."""

from dataclasses import dataclass
from datetime import datetime

from duban.core.asks import Ask
from duban.core.checked import Status
from duban.core.cleaning import fold_identifier
from duban.core.errors import UsageError
from duban.core.plan import Plan
from duban.core.returns import Form
from duban.core.weeks import Weeks
from duban.core.wording import date_text, full_moment_text
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.receipt import Fields, file_name, line
from duban.pipeline.return_files import Outbox, TextTemplates, cutoff_of, named
from duban.pipeline.return_life import ReturnLives

TEMPLATE = "ask"
NOTE = "{period}-{return_id}-修改要求{ask_id}.txt"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for, as typed: `table` is a sheet's name; without it and `compound` the whole return."""

    return_id: int
    reason: str
    by: str
    table: str | None = None
    compound: str | None = None


class AskChanges:
    """Carries out `duban return ID --ask`."""

    def __init__(
        self, plan: Plan, weeks: Weeks, form: Form, lives: ReturnLives, texts: TextTemplates, outbox: Outbox
    ) -> None:
        self._plan, self._weeks, self._form = plan, weeks, form
        self._lives, self._texts, self._outbox = lives, texts, outbox

    def run(self, wish: Wish, asked_at: datetime) -> str:
        """Record one request and tell the office; returns the note's path in the outbox.

        The same request again changes nothing. Raises UsageError where there is no such return, table or compound.
        """
        record = self._lives.record(wish.return_id)
        ask = self._lives.ask(self._checked(wish, record, asked_at))
        name = named(NOTE, record, ask_id=ask.ask_id)
        self._outbox.put(f"{record.office}/{name}", self._texts.compose(TEMPLATE, self._fields(ask, record)))
        return f"{record.office}/{name}"

    def _checked(self, wish: Wish, record: ReturnRecord, asked_at: datetime) -> Ask:
        reason, by = line(wish.reason), line(wish.by)
        if not reason or not by:
            raise UsageError("请写明要求（--ask）和提出人（--by）。")
        if record.status is Status.DUPLICATE:
            raise UsageError(f"{record.return_id} 号是重复文件，没有采用；请对原报表提出要求。")
        if record.replaced_by is not None:
            raise UsageError(f"{record.return_id} 号报表已被 {record.replaced_by} 号替换，请对后者提出要求。")
        compound = fold_identifier(wish.compound) if wish.compound else None
        if compound and compound not in self._lives.known_compounds(record):
            raise UsageError(f"该办事处的台账中没有小区 {compound}，请核对小区编号。")
        return Ask(record.return_id, reason, by, asked_at, self._table(wish.table), compound)

    def _table(self, sheet: str | None) -> str | None:
        keys = {table.sheet: table.key for table in self._form.tables}
        if sheet is not None and sheet not in keys:
            raise UsageError(f"没有名为“{sheet}”的表，可填：{'、'.join(keys)}。")
        return keys[sheet] if sheet else None

    def _fields(self, ask: Ask, record: ReturnRecord) -> Fields:
        office = self._plan.office(record.office)
        cutoff = cutoff_of(self._weeks, record)
        return {
            "return_id": record.return_id,
            "office": office.name if office else record.office,
            "file": file_name(record.path),
            "cutoff": date_text(cutoff) if cutoff else "",
            "place": self._lives.place(ask),
            "reason": ask.reason,
            "by": ask.by,
            "asked_at": full_moment_text(ask.asked_at),
        }
