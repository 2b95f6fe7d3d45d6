"""From a paper to its figures, and from a figure to the cells of the archived workbooks (domain.md §7)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from duban.core.counted import Part, parts_of
from duban.core.errors import UsageError
from duban.core.facts import OfficeFacts
from duban.core.papers import Figure, PaperContent, PaperKind, PaperRecord
from duban.core.plan import Plan
from duban.pipeline.ports import LastRow, ReturnRecord
from duban.pipeline.trace_rows import RowReader
from duban.pipeline.traced import CompoundTrace, FigureTrace, PaperTrace, ReturnTrace

Replay = Callable[[PaperRecord], PaperContent]


class FigureRegister(Protocol):
    """The register of papers as tracing asks it."""

    def papers(self) -> Sequence[PaperRecord]: ...

    def figures(self, paper_id: int) -> Sequence[Figure]: ...


class TraceLedger(Protocol):
    """The ledger as tracing asks it."""

    def return_records_of(self, return_ids: Sequence[int]) -> Sequence[ReturnRecord]: ...

    def last_rows(self, office: str, as_of: datetime) -> Sequence[LastRow]: ...


class Located(Protocol):
    """An archive that can say where it keeps a content."""

    def path(self, sha256: str) -> Path: ...


class Trace:
    """Traces papers. `facts` are those of every office at an instant; `replays` work a paper out anew, by kind."""

    def __init__(
        self,
        plan: Plan,
        register: FigureRegister,
        ledger: TraceLedger,
        archive: Located,
        rows: RowReader,
        facts: Callable[[datetime], tuple[OfficeFacts, ...]],
        replays: Mapping[PaperKind, Replay],
    ) -> None:
        self._plan = plan
        self._register = register
        self._ledger = ledger
        self._archive = archive
        self._rows = rows
        self._facts = facts
        self._replays = replays

    def paper(self, name: str) -> PaperTrace:
        """A paper's figures, each beside what the ledger gives for it now. `name` is its id or its path.

        Raises UsageError for a paper that is not in the register.
        """
        record = self.record(name)
        again = self._again(record)
        figures = tuple(
            FigureTrace(figure, record.as_of, None if again is None else again.get(figure.key))
            for figure in self._register.figures(record.id)
        )
        return PaperTrace(record, replayable=again is not None, figures=figures)

    def figure(self, name: str, key: str) -> FigureTrace:
        """One figure with the compounds that it counts, down to their cells, and the returns it came from.

        Raises UsageError for an unknown paper or key.
        """
        record = self.record(name)
        figure = next((figure for figure in self._register.figures(record.id) if figure.key == key), None)
        if figure is None:
            raise UsageError(f"公文 {record.id} 中没有登记“{key}”，请先用 duban trace {record.id} 查看全部数字。")
        again = self._again(record)
        parts = parts_of(key, self._plan, self._facts(record.as_of), record.as_of)
        return FigureTrace(
            figure,
            record.as_of,
            None if again is None else again.get(key),
            tuple(compound for part in parts for compound in self._compounds(part)),
            self.returns(figure.returns),
        )

    def record(self, name: str) -> PaperRecord:
        """A paper by its id or its path; raises UsageError for one that is not in the register."""
        papers = self._register.papers()
        if name.isdigit():
            found = [paper for paper in papers if paper.id == int(name)]
        else:
            asked = Path(name).parts
            found = [paper for paper in papers if asked[-len(Path(paper.path).parts) :] == Path(paper.path).parts]
        if not found:
            raise UsageError(f"登记簿里没有公文“{name}”，请用 duban papers 查看编号和文件。")
        return found[-1]

    def _again(self, record: PaperRecord) -> Mapping[str, str] | None:
        """The texts that the ledger gives for the paper's figures as of its instant; None for an unknown kind."""
        replay = self._replays.get(record.kind)
        return None if replay is None else {figure.key: figure.text for figure in replay(record).figures}

    def _compounds(self, part: Part) -> Iterable[CompoundTrace]:
        """The compounds of one office that count, each with the row that makes it one of them."""
        last = {row.row.compound: row for row in self._last_rows(part)}
        read = self._rows.read(part.counted.columns, [last[key] for key in part.compounds if key in last])
        for key, compound in part.compounds.items():
            name = compound.name if compound else None
            yield CompoundTrace(part.office, key, name, read.get(key))

    def _last_rows(self, part: Part) -> list[LastRow]:
        rows = self._ledger.last_rows(part.office, part.known_at)
        return [row for row in rows if row.row.table == part.counted.table]

    def returns(self, ids: Sequence[int]) -> tuple[ReturnTrace, ...]:
        """Returns by their ids, with the digest under which the archive has them."""
        return tuple(
            ReturnTrace(
                record.return_id,
                record.office,
                record.path,
                record.received_at,
                record.status,
                record.sha256,
                str(self._archive.path(record.sha256)),
            )
            for record in self._ledger.return_records_of(ids)
        )
