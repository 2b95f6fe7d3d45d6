"""更正通报: drafted when a later return changes what a signed 通报 or 报告 made known (domain.md §7)."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from duban.core import back_test_texts
from duban.core.assessment import Assessment
from duban.core.corrected import Corrected, corrected
from duban.core.facts import ReturnFact
from duban.core.papers import IN_FORCE, NEVER_HAD, Figure, PaperKind, PaperRecord, PaperState
from duban.core.plan import Plan
from duban.core.signing import about
from duban.core.weeks import Weeks
from duban.pipeline.corrected_rows import standing_figures
from duban.pipeline.correction_notice import CorrectionNotice
from duban.pipeline.figures import DISTRICT
from duban.pipeline.paper_ports import Register
from duban.pipeline.ports import Ledger

MENDED = (PaperKind.CIRCULAR, PaperKind.REPORT)
GONE = (*NEVER_HAD, PaperState.VOID, PaperState.REVOKED)
WAS, NOW = "corrected.", ".now"


class FiguresOnFile(Register, Protocol):
    """The register with the figures of its papers."""

    def figures(self, paper_id: int) -> Sequence[Figure]:
        """The figures printed in a paper."""
        ...


class Restating(Protocol):
    """The plan at an instant, and at a past cut-off as it is known at a later one."""

    def at(self, as_of: datetime) -> Assessment: ...

    def restated(self, cutoff: datetime, known_at: datetime) -> Assessment: ...


@dataclass(frozen=True, slots=True)
class Mend:
    """A paper whose figures have changed: which, and the returns that came since for its week or an earlier one."""

    paper: PaperRecord
    changed: tuple[Corrected, ...]
    causes: tuple[ReturnFact, ...]


class MendPapers:
    """Drafts what corrects signed papers. `assessing` opens the ledger for one look at all of them."""

    def __init__(
        self,
        plan: Plan,
        weeks: Weeks,
        assessing: Callable[[], Restating],
        ledger: Ledger,
        register: FiguresOnFile,
        notice: CorrectionNotice,
    ) -> None:
        self._plan = plan
        self._weeks = weeks
        self._assessing = assessing
        self._ledger = ledger
        self._register = register
        self._notice = notice

    def due(self, as_of: datetime) -> tuple[Mend, ...]:
        """The signed papers whose figures no longer hold at `as_of`; nothing is written.

        What a 更正 drafted at an earlier instant has told is not told again; the same instant gives the same drafts.
        """
        papers, assessing = self._register.papers(), self._assessing()
        signed = (one for one in papers if one.kind in MENDED and one.state in IN_FORCE and one.as_of < as_of)
        returns = [fact for facts in self._ledger.returns(as_of).values() for fact in facts]
        found = (self._mend(assessing, paper, papers, returns, as_of) for paper in signed)
        return tuple(mend for mend in found if mend.changed)

    def draft(self, as_of: datetime) -> tuple[PaperRecord, ...]:
        """Draft a 更正通报 for each of them; the same instant again gives the same drafts."""
        records = self._ledger.return_records_of
        return tuple(
            self._notice.file(mend.paper, mend.changed, as_of, records([fact.return_id for fact in mend.causes]))
            for mend in self.due(as_of)
        )

    def correct(self, paper: PaperRecord, keys: AbstractSet[str], as_of: datetime) -> PaperRecord | None:
        """Draft a 更正通报 of those figures of a paper that its own inputs no longer give (`duban back-test`).

        None when a 更正 has told of all of them, when nobody counts them (`corrected`), or for a paper that is not of a
        kind that is mended, or not in force: then it is only reported. The same instant gives the same draft.
        """
        if paper.kind not in MENDED or paper.state not in IN_FORCE or paper.as_of >= as_of:
            return None
        earlier = [one for one in self._register.papers() if one.as_of < as_of]
        changed = [one for one in self._changed(self._assessing(), paper, earlier, as_of) if one.was.key in keys]
        # Its file has a name of its own: a return of the same day may have brought another 更正 of the same paper.
        remark = back_test_texts.CORRECTION_REMARK
        return self._notice.file(paper, changed, as_of, remark=remark) if changed else None

    def _mend(
        self,
        assessing: Restating,
        paper: PaperRecord,
        papers: Sequence[PaperRecord],
        returns: Sequence[ReturnFact],
        as_of: datetime,
    ) -> Mend:
        cutoff = self._cutoff(paper)
        causes = tuple(
            fact
            for fact in returns
            if fact.counts and fact.received_at > cutoff and (fact.week or "") <= (paper.week or "")
        )
        if not causes:
            return Mend(paper, (), ())
        earlier = [one for one in papers if one.as_of < as_of]
        return Mend(paper, self._changed(assessing, paper, earlier, as_of), causes)

    def _cutoff(self, paper: PaperRecord) -> datetime:
        """The cut-off whose figures a paper made known."""
        return self._weeks.closed_by(paper.as_of)[-1].cutoff

    def _changed(
        self, assessing: Restating, paper: PaperRecord, earlier: Sequence[PaperRecord], as_of: datetime
    ) -> tuple[Corrected, ...]:
        """What its recipients were told, by it or `earlier` notices, and what no longer holds as known at `as_of`."""
        cutoff = self._cutoff(paper)
        now = standing_figures(self._plan, assessing.restated(cutoff, as_of))
        open_ones = _provisional(assessing.at(cutoff))
        changed = corrected(self._told(paper, earlier), now)
        return tuple(one for one in changed if one.office not in open_ones)

    def _told(self, paper: PaperRecord, papers: Sequence[PaperRecord]) -> Iterator[Figure]:
        """The figures of a paper as its recipients know them, its corrections included."""
        known = {figure.key: figure for figure in self._register.figures(paper.id)}
        notices = (one for one in papers if one.kind is PaperKind.CORRECTION and one.items == (about(paper.id),))
        for notice in notices:
            if notice.state not in GONE:
                for figure in self._register.figures(notice.id):
                    key = figure.key.removeprefix(WAS).removesuffix(NOW)
                    if figure.key.endswith(NOW) and key in known:
                        known[key] = Figure(key, figure.text, figure.definition, figure.returns)
        return iter(known.values())


def _provisional(then: Assessment) -> frozenset[str]:
    """Whose figures a paper called 暂定: they were bound to change."""
    return frozenset(one.office or DISTRICT for one in (*then.offices, then.district) if one.provisional)
