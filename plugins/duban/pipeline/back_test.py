"""`duban back-test`: issued papers are made again from their frozen inputs and compared with what was issued.

Three things, since each says something else: the draft's bytes (templates, typesetting), the signed paper's bytes (and
number, signer, date), and the figures, worked out anew from the ledger (rules). Nothing issued is touched; a changed
figure of a 通报 or 报告 opens a 更正 draft, so that it is never changed in silence.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from duban.core.errors import DubanError, UsageError, told
from duban.core.packing import as_registered
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.signing import as_signed
from duban.core.weeks import ZONE, ReportingWeek, Weeks
from duban.pipeline.mend_papers import FiguresOnFile, MendPapers
from duban.pipeline.paper_ports import Composer
from duban.pipeline.signing_ports import PaperLife
from duban.pipeline.trace import Replay

UNREPEATABLE = (DubanError, LookupError, ValueError)
"""What says that a paper cannot be made again as it is; a database that is away says nothing of the kind."""


class Outcome(StrEnum):
    """How one part of a paper compares: `none` where nothing is kept, or its kind is not worked out from the ledger."""

    SAME = "same"
    DIFFERS = "differs"
    FAILED = "failed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure as it was printed and as it is worked out now; None where there is none."""

    key: str
    printed: str | None
    again: str | None


@dataclass(frozen=True, slots=True)
class BackTested:
    """One paper. `error` tells why a part could not be made again; `correction` is the 更正 draft that was opened."""

    paper: PaperRecord
    draft: Outcome
    signed: Outcome
    figures: Outcome
    changed: tuple[FigureChange, ...] = ()
    error: str = ""
    correction: PaperRecord | None = None

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """By the keys of back_test_texts.PARTS."""
        return {"draft": self.draft, "signed": self.signed, "figures": self.figures}

    @property
    def holds(self) -> bool:
        return not {Outcome.DIFFERS, Outcome.FAILED} & set(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class BackTest:
    """Back-tests signed papers, whatever has become of them since. `mending` opens the 更正 drafts."""

    weeks: Weeks
    register: FiguresOnFile
    life: PaperLife
    composer: Composer
    replays: Mapping[PaperKind, Replay]
    mending: MendPapers

    def every(self) -> Sequence[PaperRecord]:
        """Every paper that was ever signed."""
        return [paper for paper in self.register.papers() if paper.signature is not None]

    def of_week(self, week: ReportingWeek, as_of: datetime) -> Sequence[PaperRecord]:
        """The signed papers whose instant lies in a week; the first week has those of before it as well."""
        first = next(self.weeks.begun_by(as_of), None)
        start = date.min if first is not None and week.key == first.key else week.first_day
        return [one for one in self.every() if start <= one.as_of.astimezone(ZONE).date() <= week.last_day]

    def covering(self, day: date, as_of: datetime) -> ReportingWeek:
        """The week of a day; raises UsageError for one before the first."""
        week = self.weeks.covering(day, as_of.astimezone(ZONE).date())
        if week is None:
            raise UsageError(f"{day} 早于第一个报告期，请换一天。")
        return week

    def tonight(self, as_of: datetime) -> ReportingWeek | None:
        """The closed week whose turn it is: a week a night, each in its turn; None before the first cut-off."""
        closed = self.weeks.closed_by(as_of)
        return closed[as_of.astimezone(ZONE).toordinal() % len(closed)] if closed else None

    def run(self, papers: Sequence[PaperRecord], as_of: datetime, *, correcting: bool) -> Iterator[BackTested]:
        """Make each of `papers` again; `correcting`: a changed figure opens a 更正 draft of the instant `as_of`."""
        for paper in papers:
            tested = self._tested(paper)
            yield self._corrected(tested, as_of) if correcting and tested.changed else tested

    def _tested(self, paper: PaperRecord) -> BackTested:
        content, signature = self.life.open(paper.id).content, paper.signature
        errors: list[str] = []
        if content is None or signature is None:
            draft = signed = Outcome.NONE
        else:
            draft = self._bytes(lambda: content, paper.sha256, errors)
            signed = self._bytes(lambda: as_signed(content, paper), signature.sha256, errors)
        figures, changed = self._figures(paper, errors)
        return BackTested(paper, draft, signed, figures, changed, "; ".join(dict.fromkeys(errors)))

    def _bytes(self, make: Callable[[], PaperContent], expected: str, errors: list[str]) -> Outcome:
        try:
            found = as_registered(self.composer.compose(make()), expected)
        except UNREPEATABLE as error:
            errors.append(told(error))
            return Outcome.FAILED
        return Outcome.DIFFERS if found is None else Outcome.SAME

    def _figures(self, paper: PaperRecord, errors: list[str]) -> tuple[Outcome, tuple[FigureChange, ...]]:
        replay = self.replays.get(paper.kind)
        if replay is None:
            return Outcome.NONE, ()
        try:
            again = {figure.key: figure.text for figure in replay(paper).figures}
        except UNREPEATABLE as error:
            errors.append(told(error))
            return Outcome.FAILED, ()
        printed = {figure.key: figure.text for figure in self.register.figures(paper.id)}
        keys = (key for key in {**printed, **again} if printed.get(key) != again.get(key))
        changed = tuple(FigureChange(key, printed.get(key), again.get(key)) for key in keys)
        return (Outcome.DIFFERS if changed else Outcome.SAME), changed

    def _corrected(self, tested: BackTested, as_of: datetime) -> BackTested:
        keys = frozenset(one.key for one in tested.changed)
        return replace(tested, correction=self.mending.correct(tested.paper, keys, as_of))
