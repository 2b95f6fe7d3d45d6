"""Returns as the gate leaves them, made by hand: rows, verdicts and findings for tests of what comes after."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from duban.adapters.store import PostgresLedger
from duban.core.checked import CheckedReturn, CheckedRow, Value, Verdict
from duban.core.compound import Compound
from duban.core.findings import Finding
from duban.core.returns import ReturnKind
from duban.core.weeks import ZONE
from duban.pipeline.ports import NewFile, ReceivedReturn, SeenFile

AIMS = ("aim_01", "aim_02")
RULES = "rules-1"


def at(text: str) -> datetime:
    """An instant in Asia/Shanghai: `08-03 17:00` of 2018."""
    return datetime.strptime(f"2018-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def ledger_row(compound: str, *, line: int = 2, verdict: Verdict = Verdict.ACCEPTED, **values: Value) -> CheckedRow:
    """A row of 工作台账."""
    cells: dict[str, Value] = {"compound_id": compound, "name": f"{compound}小区", "households": 300, **values}
    return CheckedRow("work", line, verdict, compound, cells, None if verdict is Verdict.ACCEPTED else "R04")


def project_row(compound: str, *, line: int = 2, verdict: Verdict = Verdict.ACCEPTED, **values: Value) -> CheckedRow:
    """A row of 项目台账."""
    cells: dict[str, Value] = {"compound_id": compound, "scheme": "已拟定", "aim_01": "已完成", "aim_02": "不涉及"}
    return CheckedRow(
        "project", line, verdict, compound, {**cells, **values}, None if verdict is Verdict.ACCEPTED else "R08"
    )


def activity_row(held_on: Value, kind: str = "宣传发动", *, line: int = 2) -> CheckedRow:
    """An accepted row of 工作动态."""
    return CheckedRow(
        "activities", line, Verdict.ACCEPTED, None, {"held_on": held_on, "kind": kind, "subject": "动员会"}
    )


def judged(
    office: str | None,
    week: str | None,
    rows: Sequence[CheckedRow] = (),
    findings: Sequence[Finding] = (),
    kind: ReturnKind | None = ReturnKind.NORMAL,
) -> CheckedReturn:
    return CheckedReturn(office, week, kind, tuple(rows), tuple(findings), RULES)


def finding(code: str, compound: str | None = None, column: str | None = None, reason: str | None = None) -> Finding:
    return Finding(code, "工作台账", "F12", compound, "十二", "整数", column=column, row=12, reason=reason)


def _digest(new: NewFile) -> str:
    return hashlib.sha256(f"{new.path} {new.received_at}".encode()).hexdigest()


class Office:
    """Sends returns of one office into a ledger, as collecting and judging would."""

    def __init__(self, ledger: PostgresLedger, code: str = "MH") -> None:
        self.ledger = ledger
        self.code = code

    def receive(self, received_at: datetime, name: str = "周报.xlsx", sha256: str | None = None) -> ReceivedReturn:
        """A file that the folder showed for the first time at `received_at`."""
        [received] = self.receive_together(received_at, name, sha256=sha256)
        return received

    def receive_together(self, received_at: datetime, *names: str, sha256: str | None = None) -> list[ReceivedReturn]:
        """Files that came at one moment, in the order of their names here."""
        seen = [SeenFile(self.code, f"{self.code}/{name}", 1000, received_at) for name in names]
        new = {file.path: file for file in self.ledger.register_listing(received_at, seen, [self.code])}
        return list(self.ledger.register_files([(new[file.path], sha256 or _digest(new[file.path])) for file in seen]))

    def send(
        self,
        received_at: datetime,
        week: str,
        rows: Sequence[CheckedRow] = (),
        *,
        name: str = "周报.xlsx",
        findings: Sequence[Finding] = (),
        kind: ReturnKind = ReturnKind.NORMAL,
        sha256: str | None = None,
    ) -> ReceivedReturn:
        """A return that is received and judged at once."""
        received = self.receive(received_at, name, sha256)
        checked = judged(self.code, week, rows, findings, kind)
        self.ledger.record_verdict(received, checked, checked.status, received_at + timedelta(minutes=1))
        return received


def households(state: Mapping[str, Mapping[str, Compound]], office: str = "MH") -> dict[str, int | None]:
    """小区编号 → 居民户数 of one office's compounds."""
    return {compound_id: compound.households for compound_id, compound in state.get(office, {}).items()}
