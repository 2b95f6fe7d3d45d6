"""`duban verify`: whether what was received, registered, numbered and signed still is what it was (faults.md §2.1).

Every defect is named (DA/T 70-2018: 连续编号有无漏号, 原件完整性); nothing is mended here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice

from duban.core import signing_texts
from duban.core import verify_texts as texts
from duban.core.audit import Entry, Link, breaks
from duban.core.delivery import Delivery, DeliveryState
from duban.core.errors import ConflictError
from duban.core.issued import Issue
from duban.core.numbering import Series
from duban.core.papers import IN_FORCE, PaperKind, PaperRecord, PaperState, Signature
from duban.core.plan import Plan
from duban.pipeline.ports import Archive
from duban.pipeline.signing_ports import Books, Folder, Held, MadeFrom, NumberUsed

GAPS_TOLD = 100
NOT_DELIVERED = (DeliveryState.HELD, DeliveryState.CANCELLED)
"""What no paper that was delivered may have left: all else comes of a bounce, or of its being sent again."""


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that is not as it was recorded. `check` is a key of verify_texts.CHECKS."""

    check: str
    text: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was verified, how much of it, and every defect. `end` is the chain's last entry: its number and digest."""

    defects: tuple[Defect, ...]
    end: tuple[int, str]
    archived: int
    numbers: int
    papers: int
    returns: int
    warnings: tuple[Defect, ...] = ()


class Verify:
    """Reads everything and changes nothing. `template_of`: a kind's base document by its digest, if that is asked;

    `settled`: what a database of before had issued and somebody has reconciled. It is told, and is no defect.
    """

    def __init__(
        self,
        plan: Plan,
        books: Books,
        archive: Archive,
        folder: Folder,
        template_of: Callable[[PaperKind], str] | None = None,
        settled: Callable[[], Sequence[Issue]] = tuple,
    ) -> None:
        self._plan = plan
        self._books = books
        self._archive = archive
        self._folder = folder
        self._template_of = template_of
        self._settled = settled

    def run(self) -> Verification:
        """Verify everything of the plan."""
        papers, numbers = self._books.papers(), self._books.numbers()
        links, end = self._books.chain()
        settled = self._settled()
        accounts = self._books.row_accounts()
        held = [*self._books.received(), *_signed(papers)]
        defects = {
            "archive": self._archived(held),
            "chain": _chain(self._plan.key, links, end),
            "states": _states(papers, links),
            "numbers": self._numbers(papers, numbers, settled),
            "files": self._files(papers, settled),
            "outbox": _outbox(papers, self._books.deliveries()),
            "rows": (
                texts.ROWS.format(
                    id=one.return_id,
                    stated=texts.ROW_COUNTS.format(**one.stated),
                    found=texts.ROW_COUNTS.format(**one.found),
                )
                for one in accounts
                if one.stated != one.found
            ),
        }
        return Verification(
            defects=tuple(Defect(check, text) for check, found in defects.items() for text in found),
            end=end,
            archived=len(held),
            numbers=len(numbers),
            papers=len(papers),
            returns=len(accounts),
            warnings=(
                *(Defect("templates", text) for text in self._templates()),
                *(Defect("settled", _told(issue)) for issue in settled),
            ),
        )

    def _templates(self) -> Iterator[str]:
        """Base documents that have changed since a paper was made from them. That is no defect: a template may be

        changed by its owner, and what was signed keeps its bytes. But he is to know of it.
        """
        if self._template_of is None:
            return
        made: dict[PaperKind, list[MadeFrom]] = defaultdict(list)
        for one in self._books.templates():
            made[one.kind].append(one)
        for kind, papers in made.items():
            now = self._digest(kind, self._template_of)
            ids = sorted({one.paper_id for one in papers if one.sha256 != now})
            if ids:
                text = texts.TEMPLATE_CHANGED if now else texts.TEMPLATE_GONE
                yield text.format(kind=kind, count=len(ids), first=ids[0], last=ids[-1], sha256=papers[-1].sha256)

    @staticmethod
    def _digest(kind: PaperKind, template_of: Callable[[PaperKind], str]) -> str:
        try:
            return template_of(kind)
        except FileNotFoundError:
            return ""

    def _archived(self, held: Sequence[Held]) -> Iterator[str]:
        """What is gone from the archive or changed in it, each content once."""
        for sha, what in {one.sha256: one.what for one in held}.items():
            try:
                self._archive.get(sha)
            except FileNotFoundError:
                yield texts.GONE.format(what=what, sha256=sha)
            except ConflictError:
                yield texts.DAMAGED.format(what=what, sha256=sha)

    def _numbers(
        self, papers: Sequence[PaperRecord], numbers: Sequence[NumberUsed], settled: Sequence[Issue]
    ) -> Iterator[str]:
        """Registers of our own run from 1 to N; every number is on its paper, every paper's number in its register."""
        registers: dict[Series, set[int]] = defaultdict(set)
        for used in numbers:
            if not used.entered:
                registers[used.series].add(used.number)
        for issue in settled:
            if issue.series is not None and issue.number is not None:
                registers[issue.series].add(issue.number)
        counters = self._books.counters()
        for series in dict.fromkeys((*registers, *counters)):
            yield from self._register(series, registers[series], counters.get(series, 0))
        yield from self._numbered(papers, numbers)

    def _register(self, series: Series, found: set[int], last: int) -> Iterator[str]:
        highest = max(found, default=0)
        missing = (number for number in range(1, max(highest, last) + 1) if number not in found)
        for number in islice(missing, GAPS_TOLD):
            yield texts.GAP.format(series=self._series(series), number=number)
        if last != highest:
            yield texts.COUNTER.format(series=self._series(series), last=last, highest=highest)

    def _numbered(self, papers: Sequence[PaperRecord], numbers: Sequence[NumberUsed]) -> Iterator[str]:
        printed = {paper.id: paper.number for paper in papers}
        for used in numbers:
            if printed.get(used.paper_id) != used.printed:
                yield texts.NUMBER_OF_ANOTHER.format(
                    series=self._series(used.series),
                    number=used.number,
                    id=used.paper_id,
                    printed=printed.get(used.paper_id) or texts.NO_NUMBER,
                )
        registered = {used.paper_id for used in numbers}
        for paper in papers:
            if paper.number is not None and paper.id not in registered:
                yield texts.UNREGISTERED_NUMBER.format(id=paper.id, title=paper.title, printed=paper.number)

    def _series(self, series: Series) -> str:
        names = {issuer.key: issuer.name for issuer in self._plan.issuers}
        issuer = names.get(series.issuer, series.issuer)
        return texts.SERIES.format(issuer=issuer, year=series.year, series=series.series)

    def _files(self, papers: Sequence[PaperRecord], settled: Sequence[Issue]) -> Iterator[str]:
        """Drafts and signed papers on the shelf are the registered ones, and no other file passes for a signed one."""
        for paper in papers:
            yield from self._file(paper, paper.path, paper.sha256, texts.REMEDY_DRAFT)
            if paper.signature is not None:
                signed = paper.signature
                yield from self._file(paper, signed.path, signed.sha256, texts.REMEDY_SIGNED.format(id=paper.id))
        known = {paper.signature.path for paper in papers if paper.signature is not None}
        known |= {issue.path for issue in settled}
        for path in sorted(self._folder.paths()):
            if path.endswith(signing_texts.SIGNED_SUFFIX) and path not in known:
                yield texts.STRAY.format(path=path)

    def _file(self, paper: PaperRecord, path: str, expected: str, remedy: str) -> Iterator[str]:
        told = {"id": paper.id, "title": paper.title, "path": path, "remedy": remedy}
        try:
            found = sha256(self._folder.get(path)).hexdigest()
        except FileNotFoundError:
            yield texts.FILE_GONE.format(**told)
            return
        if found != expected:
            yield texts.FILE_CHANGED.format(**told)


def _signed(papers: Sequence[PaperRecord]) -> Iterator[Held]:
    return (Held(paper.signature.path, paper.signature.sha256) for paper in papers if paper.signature is not None)


def _told(issue: Issue) -> str:
    return texts.SETTLED.format(path=issue.path, number=issue.printed or texts.NO_NUMBER)


def _outbox(papers: Sequence[PaperRecord], deliveries: Sequence[Delivery]) -> Iterator[str]:
    """Every paper that stands is owed to somebody, and delivered when everybody has it: what bounced was delivered."""
    owed: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        owed[delivery.paper_id].append(delivery)
    for paper in papers:
        if paper.state not in IN_FORCE:
            continue
        told = {"id": paper.id, "title": paper.title, "state": signing_texts.STATES[paper.state]}
        left = [one.to.name for one in owed[paper.id] if one.state is not DeliveryState.SENT]
        open_ones = [one for one in owed[paper.id] if one.state in NOT_DELIVERED]
        if not owed[paper.id]:
            yield texts.NOTHING_OWED.format(**told)
        elif paper.state is PaperState.SIGNED and not left:
            yield texts.ALL_SENT.format(**told)
        elif paper.state is not PaperState.SIGNED and open_ones:
            yield texts.NOT_ALL_SENT.format(**told, names="、".join(one.to.name for one in open_ones))


def _chain(plan: str, links: Sequence[Link], end: tuple[int, str]) -> Iterator[str]:
    return (texts.BREAKS[what].format(seq=seq) for seq, what in breaks(plan, links, end))


def _states(papers: Sequence[PaperRecord], links: Sequence[Link]) -> Iterator[str]:
    """The register says of each paper what the chain says. A draft older than the chain has no entry."""
    entries: dict[int, list[Entry]] = defaultdict(list)
    for link in links:
        entries[link.entry.paper_id].append(link.entry)
    known = {paper.id for paper in papers}
    for entry in chain.from_iterable(entries.values()):
        if entry.paper_id not in known:
            yield texts.NO_PAPER.format(seq=entry.seq, id=entry.paper_id)
    for paper in papers:
        yield from _state(paper, entries[paper.id])


def _state(paper: PaperRecord, entries: Sequence[Entry]) -> Iterator[str]:
    told = {"id": paper.id, "title": paper.title, "state": signing_texts.STATES[paper.state]}
    if not entries:
        if paper.state is not PaperState.DRAFTED or paper.signature is not None:
            yield texts.NO_ENTRY.format(**told)
        return
    if entries[-1].after is not paper.state:
        yield texts.OTHER_STATE.format(**told, last=signing_texts.STATES[entries[-1].after])
    if entries[0].after is PaperState.DRAFTED and entries[0].sha256 != paper.sha256:
        yield texts.OTHER_DRAFT.format(**told)
    signed = next((entry for entry in entries if entry.after is PaperState.SIGNED), None)
    if signed is not None and paper.signature is None:
        yield texts.NO_SIGNATURE.format(**told)
    elif not _agree(paper, paper.signature, signed):
        yield texts.OTHER_SIGNATURE.format(**told)


def _agree(paper: PaperRecord, signature: Signature | None, entry: Entry | None) -> bool:
    if signature is None or entry is None:
        return signature is None and entry is None and paper.number is None
    registered = (signature.by, signature.at, signature.sha256, paper.number)
    return registered == (entry.by, entry.at, entry.sha256, entry.number)
