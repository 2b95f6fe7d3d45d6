"""The daily watch over deadlines: what the ladder lets through becomes a letter (domain.md §6, §7)."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from duban.core.assessment import Assessment, ObligationStatus
from duban.core.basis import with_basis
from duban.core.figures import Figures
from duban.core.issuers import PaperRule
from duban.core.ladder import Judgement, Letter, RungTaken, Why, explain, letters_of, rung_spoken_of, standing
from duban.core.ladder_texts import UNDECIDED
from duban.core.moment import Moment
from duban.core.papers import IN_FORCE, PaperContent, PaperKind, PaperRecord
from duban.core.plan import Evidence, Office, Plan, Rung
from duban.core.receipts import CARRIES_CODE, receipt_code
from duban.core.weeks import ZONE, Weeks
from duban.core.wording import date_text, day_text, moment_text, ordinal, quote, weekday_text
from duban.pipeline.drafting import Desk, Fields, addressed, cited, issue_fields, recipients, titled
from duban.pipeline.duties import STATE_RULE, Duties
from duban.pipeline.evidence import came_for, evidence, packed
from duban.pipeline.paper_ports import Register
from duban.pipeline.ports import Ledger, ReturnRecord
from duban.pipeline.receipt import file_name
from duban.pipeline.status import Document
from duban.pipeline.waiting import Waiting, nothing_waits, waiting_fields

LOG = logging.getLogger(__name__)
RECEIPTS_TOLD = 3  # the latest returns that a letter names for an item


@dataclass(frozen=True, slots=True)
class Desktop:
    """What letters are written from: the instant's wording of obligations, what came for them, the papers so far."""

    duties: Duties
    returns: dict[int, ReturnRecord]
    papers: Sequence[PaperRecord]


class WatchDeadlines:
    """Drafts the letters of the ladder. `assess` works out the plan at an instant."""

    def __init__(
        self,
        plan: Plan,
        weeks: Weeks,
        assess: Callable[[datetime], Assessment],
        ledger: Ledger,
        register: Register,
        desk: Desk,
    ) -> None:
        self._plan = plan
        self._weeks = weeks
        self._assess = assess
        self._ledger = ledger
        self._register = register
        self._desk = desk
        self._waiting: Waiting = nothing_waits

    def telling(self, waiting: Waiting) -> "WatchDeadlines":
        """The same, its letters telling what waits for departments."""
        self._waiting = waiting
        return self

    def due(self, as_of: datetime) -> tuple[Letter, ...]:
        """The letters that are due at `as_of`, nothing written. What was drafted at earlier instants is history."""
        return letters_of(self._plan, self.explain(as_of))

    def explain(self, as_of: datetime, assessment: Assessment | None = None) -> tuple[Judgement, ...]:
        """Every open item at `as_of` with what the ladder says of it; nothing is written.

        `assessment`: the plan at an instant that is still to come, as it is foreseen.
        """
        papers = self._register.papers(as_of)
        taken = rungs_taken(_earlier(papers, as_of))
        return explain(with_basis(self._plan, papers, as_of), assessment or self._assess(as_of), taken, as_of)

    def draft(self, as_of: datetime) -> tuple[PaperRecord, ...]:
        """Draft every letter that is due at `as_of`, one an office and rung with all its items.

        The same instant again gives the same drafts.
        """
        judged = self.explain(as_of)
        _tell_undecided(judged, as_of)
        due = letters_of(self._plan, judged)
        if not due:
            return ()
        desktop = self._desktop(due, as_of)
        return tuple(self._file(letter, desktop, as_of) for letter in due)

    def standing(self, record: PaperRecord, as_of: datetime) -> tuple[str, ...]:
        """Those of a letter's items that it may still speak of at `as_of` (domain.md §6)."""
        rung = rung_spoken_of(self._plan, record)
        if rung is None:
            return record.items
        return standing(self._assess(as_of).obligations, record.items, rung)

    def redraft(self, record: PaperRecord, items: Sequence[str], as_of: datetime) -> PaperRecord:
        """Draft a letter anew at `as_of`, for those of its items alone."""
        letter = self._letter(record, items, as_of)
        return self._file(letter, self._desktop([letter], as_of), as_of)

    def replay(self, record: PaperRecord) -> PaperContent:
        """What a letter of the register says, worked out anew from what was known when it was drafted."""
        letter = self._letter(record, record.items, record.as_of)
        return self.content(letter, self._desktop([letter], record.as_of), record.as_of)

    def _letter(self, record: PaperRecord, items: Sequence[str], as_of: datetime) -> Letter:
        rung = self._rung(record.rung)
        assert rung is not None, record.rung  # noqa: S101  # every letter has its rung
        statuses = {status.key: status for status in self._assess(as_of).obligations}
        return Letter(record.office or "", rung, tuple(statuses[key] for key in items))

    def _desktop(self, letters: Sequence[Letter], as_of: datetime) -> Desktop:
        papers = self._register.papers(as_of)
        moment = Moment.at(as_of, self._plan.calendar)
        came = {return_id for letter in letters for status in letter.items for return_id in status.received}
        return Desktop(
            Duties(with_basis(self._plan, papers, as_of), self._weeks, moment),
            {record.return_id: record for record in self._ledger.return_records_of(sorted(came))},
            _earlier(papers, as_of),
        )

    def _file(self, letter: Letter, desktop: Desktop, as_of: datetime) -> PaperRecord:
        content = self.content(letter, desktop, as_of)
        name = self._plan.paper(content.kind).name
        local = as_of.astimezone(ZONE)
        path = f"{content.kind}/{local.date()}/{name}-{letter.office}-{local:%Y-%m-%d-%H%M}.docx"
        return self._desk.file(content, path)

    def evidence(self, record: PaperRecord) -> Document:
        """The evidence of a letter of the register, worked out anew from what was known when it was drafted."""
        letter = self._letter(record, record.items, record.as_of)
        desktop = self._desktop([letter], record.as_of)
        return evidence(letter, desktop.duties, desktop.returns)

    def content(self, letter: Letter, desktop: Desktop, as_of: datetime) -> PaperContent:
        """What one letter says."""
        office = self._plan.office(letter.office)
        assert office is not None, letter.office  # noqa: S101  # the ladder walks the plan's own offices
        rule = self._plan.paper(letter.rung.paper)
        figures = Figures()
        receipts = [_receipts(status, desktop.returns) for status in letter.items]
        items = [
            _item(number, status, desktop.duties, figures) | {"receipts": came}
            for number, (status, came) in enumerate(zip(letter.items, receipts, strict=True), start=1)
        ]
        fields = issue_fields(self._plan, rule, as_of) | self._common(letter, rule, office, desktop, as_of)
        fields |= waiting_fields(self._waiting(letter.office, as_of), figures)
        return self._coded(
            PaperContent(
                kind=PaperKind(letter.rung.paper),
                title=f"{rule.name}（{office.name}）",
                to=recipients(rule.to, office.name),
                cc=recipients(rule.copy, office.name),
                as_of=as_of,
                fields=fields | {"items": items},
                figures=figures.all(),
                office=letter.office,
                rung=letter.rung.key,
                items=tuple(status.key for status in letter.items),
                quoted=tuple(receipt["file"] for came in receipts for receipt in came),
                evidence=packed(evidence(letter, desktop.duties, desktop.returns)),
            )
        )

    def _coded(self, content: PaperContent) -> PaperContent:
        """With the code by which the recipient confirms it, where its kind carries one."""
        if content.kind not in CARRIES_CODE:
            return content
        code = receipt_code(self._plan.key, content)
        return replace(content, fields={**content.fields, "receipt_code": code}, constants=(*content.constants, code))

    def _common(self, letter: Letter, rule: PaperRule, office: Office, desktop: Desktop, as_of: datetime) -> Fields:
        source = self._plan.source
        following = self._following(letter)
        return {
            **titled(self._plan, self._heading(rule, office)),
            **addressed(recipients(rule.to, office.name), recipients(rule.copy, office.name)),
            "name": rule.name,
            "office": office.name,
            "as_of": moment_text(as_of),
            "source": cited(source.title, source.number),
            "deadline": self._deadline(letter.rung, desktop.duties.moment),
            "next_issuer": self._issuer_of(following) if following else "",
            "prior_issuer": self._issuer_of(self._rung(letter.rung.requires)),
            "history": _history(letter, desktop.papers),
        }

    def _heading(self, rule: PaperRule, office: Office) -> str:
        """The name of the slip; of a proposal, which is a 函, what it is about."""
        if rule.kind != PaperKind.CRITICISM_PROPOSAL:
            return rule.name
        return f"{self._plan.issuer(rule.issuer).mark}关于提请研究{office.name}有关事项逾期问题的函"

    def _following(self, letter: Letter) -> Rung | None:
        """The rung after this one, unless no item of the letter may climb to it."""
        tops = {self._plan.obligation(status.rule).top_rung for status in letter.items}
        following = next((rung for rung in self._plan.ladder if rung.requires == letter.rung.key), None)
        return None if tops == {letter.rung.key} else following

    def _rung(self, key: str | None) -> Rung | None:
        return next((rung for rung in self._plan.ladder if rung.key == key), None)

    def _issuer_of(self, rung: Rung | None) -> str:
        return self._plan.issuer(self._plan.paper(rung.paper).issuer).name if rung else ""

    def _deadline(self, rung: Rung, moment: Moment) -> str:
        """The last working day before the next rung may follow; for a 督办 the day by which its 回执 is due."""
        following = next((one for one in self._plan.ladder if one.requires == rung.key), None)
        days = 1 if following is None else max(1, following.working_days - rung.working_days - 1)
        if rung.paper == PaperKind.SUPERVISE:
            replies = (rule.working_days for rule in self._plan.obligations if rule.evidence is Evidence.REPLY)
            days = next(replies, None) or days
        return day_text(moment.workdays.add(moment.day, days))


def _earlier(papers: Sequence[PaperRecord], as_of: datetime) -> list[PaperRecord]:
    """Those of earlier instants: the same instant again must find what it found the first time."""
    return [paper for paper in papers if paper.as_of < as_of]


def _tell_undecided(judged: Sequence[Judgement], as_of: datetime) -> None:
    """Tell the data team, in the log of the run, which items get no letter because nobody looked."""
    undecided = [one.item.key for one in judged if one.why is Why.UNDECIDED]
    if undecided:
        LOG.error(UNDECIDED, as_of.isoformat(), "、".join(undecided))


def rungs_taken(papers: Sequence[PaperRecord]) -> list[RungTaken]:
    """What each item has had by papers as the register gives them, at the instant for which it was asked."""
    return [
        RungTaken(
            obligation_key=item,
            office=paper.office or "",
            rung=paper.rung,
            paper_state=paper.state,
            signed_at=paper.signature.at if paper.signature else None,
            delivered_at=paper.delivered_at,
        )
        for paper in papers
        if paper.rung is not None
        for item in paper.items
    ]


def _item(number: int, status: ObligationStatus, duties: Duties, figures: Figures) -> Fields:
    day = duties.due_day(status)
    counted = duties.counted(status)
    for name, text in counted.items():
        if text:
            counted[name] = figures.add(f"{status.key}.{name}", text, STATE_RULE, status.received)
    return {
        "ordinal": ordinal(number),
        "deliverable": duties.deliverable(status),
        "due": duties.legal_due(status),
        "extended": day_text(status.extended_until) if status.extended_until else "",
        "weekday": weekday_text(day),
        "workday": duties.workday_before(status),
        **_ground(status, duties),
        **counted,
    }


def _ground(status: ObligationStatus, duties: Duties) -> dict[str, str]:
    """The source with the clause quoted; for what we decided, the notice that ordered it; empty before there is one."""
    clause = duties.ground(status).clause
    if clause is not None:
        source = duties.plan.source
        return {"source": cited(source.title, source.number), "quote": quote(clause.rstrip("。"))}
    basis = duties.plan.basis
    return {"source": cited(basis.title, basis.number) if basis else "", "quote": ""}


def _receipts(status: ObligationStatus, returns: dict[int, ReturnRecord]) -> list[dict[str, str]]:
    """The latest returns that came for an item: when, which file, what became of it."""
    return [
        {
            "when": moment_text(record.received_at),
            "file": file_name(record.path),
            "outcome": record.status.value,
        }
        for record in came_for(status, returns)[-RECEIPTS_TOLD:]
    ]


def _history(letter: Letter, papers: Sequence[PaperRecord]) -> list[dict[str, str]]:
    """The numbered papers that these items have had."""
    keys = {status.key for status in letter.items}
    return [
        {"when": date_text(paper.as_of.astimezone(ZONE).date()), "paper": paper.title, "number": paper.number}
        for paper in papers
        if paper.number is not None and paper.state in IN_FORCE and keys & set(paper.items)
    ]
