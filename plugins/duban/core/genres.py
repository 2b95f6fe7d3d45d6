"""Genre 文种, direction and copies of each kind of paper: what 条例 8, 9 and 15 to 17 allow.
Checked before a paper is composed.

Who issues a kind, and to whom, the plan says (PaperRule); what no plan may say otherwise stands here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from duban.core.errors import InternalError
from duban.core.issuers import ISSUER_OF_ORIGIN
from duban.core.papers import PaperContent, PaperKind
from duban.core.plan import Plan

REQUESTS = ("请批示", "请审批", "请批准", "请予", "请示", "妥否", "当否", "请求")
"""Words of a request: a 报告 holds none (条例 15(四))."""

WRONG_COPIES = ("抄报", "抄发")
"""Terms of the rules before 2012: there is 抄送 alone (条例 9(十六))."""


class Direction(StrEnum):
    """Which way a paper goes."""

    DOWN = "down"
    UP = "up"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Genre:
    """What a kind of paper is: `word` its 文种 (None: a working paper outside 条例 8).

    `single` has one addressee, `decided` needs a decision on record.
    """

    word: str | None
    direction: Direction
    single: bool = False
    decided: bool = False


_DOWN, _UP, _LEVEL = Direction.DOWN, Direction.UP, Direction.LEVEL

GENRES: Mapping[PaperKind, Genre] = {
    PaperKind.WEEKLY_REPORT: Genre(None, _LEVEL),
    PaperKind.REMINDER: Genre(None, _DOWN, single=True),
    PaperKind.URGE: Genre(None, _DOWN, single=True),
    PaperKind.SUPERVISE: Genre(None, _DOWN, single=True),
    PaperKind.CRITICISM_PROPOSAL: Genre(None, _LEVEL, single=True),
    PaperKind.CRITICISM: Genre("通报", _DOWN, decided=True),
    PaperKind.RETURN_SLIP: Genre(None, _DOWN, single=True),
    PaperKind.REPORTING_NOTICE: Genre("通知", _DOWN),
    PaperKind.CIRCULAR: Genre("通报", _DOWN),
    PaperKind.REPORT: Genre("报告", _UP, single=True),
    PaperKind.YEAR_ASSESSMENT: Genre("通报", _DOWN),
    PaperKind.CORRECTION: Genre("通报", _DOWN),
    PaperKind.REVOCATION: Genre("通知", _DOWN),
    PaperKind.DEPARTMENT_LIST: Genre(None, _LEVEL, single=True),
}


WITH_HEAD_LINES = frozenset({
    PaperKind.REPORTING_NOTICE,
    PaperKind.CIRCULAR,
    PaperKind.REPORT,
    PaperKind.YEAR_ASSESSMENT,
    PaperKind.CRITICISM,
    PaperKind.CORRECTION,
})
"""Kinds with the head of a 公文, where 份号, 密级 and 紧急程度 have their place (GB/T 9704 7.2.1 to 7.2.3)."""


def require_proper(plan: Plan, content: PaperContent) -> None:
    """Raise InternalError, with every fault, unless genre, issuer, addressees and copies are those of its kind."""
    faults = [*_issuer(plan, content), *_title(content), *_recipients(content), *_wording(content), *_decision(content)]
    if faults:
        raise InternalError(f"{content.kind}: {'; '.join(faults)}")


def _issuer(plan: Plan, content: PaperContent) -> Iterator[str]:
    try:
        wanted = plan.paper(content.kind).issuer
    except KeyError:
        yield "the plan has no rule for this kind of paper"
        return
    issued = content.fields.get("issuer")
    known = {issuer.name for issuer in plan.issuers}
    allowed = known if wanted == ISSUER_OF_ORIGIN else {plan.issuer(wanted).name}
    if issued not in allowed:
        yield f"{issued} may not issue it"


def _title(content: PaperContent) -> Iterator[str]:
    word = GENRES[content.kind].word
    if word is not None and not content.title.endswith(word):
        yield f"the title {content.title!r} does not end with {word}"


def _recipients(content: PaperContent) -> Iterator[str]:
    genre = GENRES[content.kind]
    if not content.to:
        yield "nobody is addressed"
    if genre.single and len(content.to) > 1:
        yield f"it is for one addressee, not {len(content.to)}"
    if genre.direction is Direction.UP and content.cc:
        yield "a paper to the superior is not copied to inferiors"
    twice = set(content.to) & set(content.cc)
    if twice:
        yield f"addressed and copied to: {'、'.join(sorted(twice))}"


def _wording(content: PaperContent) -> Iterator[str]:
    texts = [text for text in _own_texts(content.fields) if text not in content.quoted]
    if GENRES[content.kind].direction is Direction.UP:
        yield from (f"a 报告 makes no request: {word}" for word in REQUESTS if any(word in text for text in texts))
    yield from (f"there is no {word}, only 抄送" for word in WRONG_COPIES if any(word in text for text in texts))


def _decision(content: PaperContent) -> Iterator[str]:
    if GENRES[content.kind].decided and not content.fields.get("decision"):
        yield "no decision of the addressee of the proposal is on record"


def _own_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _own_texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _own_texts(inner)
