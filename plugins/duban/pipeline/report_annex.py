"""The spreadsheet annex of the weekly report: the same figures, and the rows that they were counted from."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Protocol

from duban.core.annex import Annex, AnnexRow, AnnexValue
from duban.core.assessment import Assessment, Progress
from duban.core.compound import Compound
from duban.core.errors import InternalError
from duban.core.figures import FigureText
from duban.core.formatting import percent
from duban.core.paper_numbers import numbers
from duban.core.papers import Figure, PaperRecord
from duban.core.plan import Plan
from duban.core.returns import AIM_STATES
from duban.core.weeks import ZONE, Weeks
from duban.core.wording import full_moment_text
from duban.pipeline.figures import INDICATORS, TIED, ProgressFigures, Row
from duban.pipeline.paper_ports import PaperShelf, Told
from duban.pipeline.ports import ReturnRecord

YES = "是"
_OF_INDICATOR = ("required", "done", "rate", "pace", "change", "light", "weekly", "projected")


class AnnexWriter(Protocol):
    """Turns an annex into the bytes of a workbook; the same annex gives the same bytes."""

    def write(self, annex: Annex) -> bytes: ...


class ReportAnnex:
    """Writes the annex of a report. `assess` works out the plan at an instant."""

    def __init__(  # one port each
        self,
        plan: Plan,
        weeks: Weeks,
        assess: Callable[[datetime], Assessment],
        ledger: Told,
        writer: AnnexWriter,
        shelf: PaperShelf,
        registered: Callable[[int], Sequence[Figure]],
    ) -> None:
        """`registered` gives the figures of a paper, as its register keeps them."""
        self._plan = plan
        self._weeks = weeks
        self._assess = assess
        self._ledger = ledger
        self._writer = writer
        self._shelf = shelf
        self._registered = registered

    def lay_beside(self, report: PaperRecord) -> str:
        """Lay the annex of `report` beside it, under its name; returns the path. The same report, the same bytes.

        Raises InternalError when a figure of the annex is not the one that was registered with the report.
        """
        figures = {figure.key: figure.text for figure in self._registered(report.id)}
        require_same_figures(self._progress(report.as_of), figures)
        path = str(PurePosixPath(report.path).with_suffix(".xlsx"))
        self._shelf.put(path, self._writer.write(self.content(report.as_of)))
        return path

    def content(self, cutoff: datetime) -> Annex:
        """What the annex of the issue of one cut-off holds."""
        before = self._before(cutoff)
        progress = self._progress(cutoff)
        compounds = self._ledger.compounds(cutoff)
        records = self._ledger.return_records(cutoff, before)
        return Annex(
            title=f"{self._plan.district}{self._plan.work}进展情况（截至{full_moment_text(cutoff)}）",
            as_of=cutoff,
            offices=tuple(map(_office_row, progress.standing(), progress.speed())),
            ranking=tuple(_ranking(progress.assessment.offices, progress)),
            compounds=tuple(self._compounds(compounds, cutoff)),
            aims=tuple(self._aims(compounds)),
            findings=tuple(self._findings(records)),
        )

    def _before(self, cutoff: datetime) -> datetime | None:
        """The cut-off of the last issue."""
        closed = self._weeks.closed_by(cutoff)
        return closed[-2].cutoff if len(closed) > 1 else None

    def _progress(self, cutoff: datetime) -> ProgressFigures:
        """The report's figures once more; their sources stand with the report."""
        before = self._before(cutoff)
        last = self._assess(before) if before else None
        return ProgressFigures(self._plan, self._assess(cutoff), last, {})

    def _compounds(self, state: Mapping[str, Mapping[str, Compound]], cutoff: datetime) -> Iterator[AnnexRow]:
        start, today = self._plan.source.start, cutoff.astimezone(ZONE).date()
        for office in self._plan.offices:
            for _, one in sorted(state.get(office.code, {}).items()):
                told = (one.name, one.community, one.kind, one.buildings, one.households, one.planned_year, one.scheme)
                dates = (one.deliberated_on, one.committee_stage, one.filed_on, one.accepted_on)
                counted = (one.committee_formed(start, today), one.improved(today), one.pending)
                yield (office.name, one.compound_id, *told, *dates, *(YES if holds else "" for holds in counted))

    def _aims(self, state: Mapping[str, Mapping[str, Compound]]) -> Iterator[AnnexRow]:
        for office in self._plan.offices:
            with_project = [one.aims for one in state.get(office.code, {}).values() if one.aims]
            for place, aim in enumerate(self._plan.aims):
                counts = Counter(aims[place] for aims in with_project if place < len(aims))
                yield (office.name, aim.name, *(counts[state] for state in AIM_STATES))

    def _findings(self, records: Sequence[ReturnRecord]) -> Iterator[AnnexRow]:
        names = {office.code: office.name for office in self._plan.offices}
        for record in records:
            file, office = PurePosixPath(record.path).name, names.get(record.office, record.office)
            for finding in record.findings:
                place = (finding.code, finding.cls.value, finding.sheet, finding.cell, finding.compound)
                came = full_moment_text(record.received_at)
                yield (office, file, came, *place, finding.found, finding.expected)


def require_same_figures(progress: ProgressFigures, registered: Mapping[str, str]) -> None:
    """Raise InternalError unless every number of the annex's tables of offices is a figure of the report, as it is
    registered there.
    """
    rows = [*progress.standing(), *progress.speed()]
    printed = {value.key: str(value) for row in rows for value in row.values() if isinstance(value, FigureText)}
    loose = [value for row in rows for value in row.values() if value not in printed.values() and any(numbers(value))]
    for one in progress.assessment.offices:
        rates = {printed.get(f"{one.office}.{name}.rate") for name in INDICATORS}
        if one.rank is not None and one.overall_rate is not None and percent(one.overall_rate) + "%" not in rates:
            loose.append(f"{one.office} {percent(one.overall_rate)}%")
    other = sorted(key for key, text in printed.items() if registered.get(key) != text)
    if loose or other:
        raise InternalError(f"the annex's figures are not those of the report: {', '.join([*other, *loose])}")


def _office_row(standing: Row, speed: Row) -> AnnexRow:
    texts = standing | speed
    counted = [texts[f"{name}_{part}"] for name in INDICATORS for part in _OF_INDICATOR]
    return (texts["office"], _value(texts["baseline"]), *map(_value, counted), texts["light"], _value(texts["rank"]))


def _value(text: str) -> AnnexValue:
    """A figure's printed text as a number where it is one: 12, 66.7 of 66.7%, −2; else the text."""
    bare = text.removesuffix("%").replace("−", "-").removeprefix("+")
    try:
        return float(bare) if "." in bare else int(bare)
    except ValueError:
        return text


def _ranking(offices: Sequence[Progress], progress: ProgressFigures) -> Iterator[AnnexRow]:
    ranked = [(one.rank, one) for one in offices if one.rank is not None and one.overall_rate is not None]
    for rank, one in sorted(ranked, key=lambda pair: pair[0]):
        text = f"{TIED}{rank}" if one.rank_shared else str(rank)
        rate = float(percent(one.overall_rate)) if one.overall_rate is not None else None
        yield (text, progress.office_name(one.office), rate)
