"""Conformance of a paper with GB/T 9704-2012: what a rule, a deviation and a report are, and what may be known beside
the file. How a rule is looked at stands in duban.adapters.gb9704.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum


class Strength(StrEnum):
    """How binding a rule is. Only what the standard or the 条例 lays down without 一般 or 推荐 is 规定."""

    RULE = "规定"
    USUAL = "一般"
    ADVISED = "推荐"
    PRACTICE = "实务"


class Level(StrEnum):
    """What a deviation does: a failed paper cannot be signed, a warning is for the reader to weigh."""

    FAIL = "F"
    WARN = "W"


class Need(StrEnum):
    """What has to be there for a rule to be looked at: the file, its pages, their ink, what is known beside it."""

    XML = "xml"
    PDF = "pdf"
    INK = "ink"
    FACTS = "facts"


def level_of(strength: Strength) -> Level:
    """规定 fails, everything else warns."""
    return Level.FAIL if strength is Strength.RULE else Level.WARN


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: `strength` is the strongest of its parts. A rule that needs nothing is for a person to look at."""

    id: str
    clause: str
    strength: Strength
    title: str
    needs: tuple[Need, ...]

    @property
    def level(self) -> Level:
        return level_of(self.strength)


@dataclass(frozen=True, slots=True)
class Where:
    """A place: part of the package, paragraph of that part from 1, page from 1, the first words found there."""

    part: str = ""
    paragraph: int | None = None
    page: int | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Deviation:
    """One way in which the paper departs from a rule; `count` places have the same fault, `where` is the first."""

    id: str
    variant: str
    clause: str
    strength: Strength
    where: Where
    found: str
    expected: str
    message: str
    count: int = 1

    @property
    def level(self) -> Level:
        return level_of(self.strength)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule, or a part of one, that nobody looked at, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class LintReport:
    """What a checker found in one file.

    `form` is the form of paper it was judged as, `elements` each element of the standard with the text it was found
    by (None: not found). Every rule is in `passed`, `findings` or `not_checked`; one that was looked at in part may be
    in two of them.
    """

    form: str
    profile: str
    elements: Mapping[str, str | None]
    findings: tuple[Deviation, ...]
    passed: tuple[str, ...]
    not_checked: tuple[NotChecked, ...]

    @property
    def conforms(self) -> bool:
        """Whether no rule that is laid down (规定) is broken."""
        return all(finding.level is not Level.FAIL for finding in self.findings)

    def as_json(self) -> dict[str, object]:
        """The report in plain values, in a fixed order."""
        return {
            "conforms": self.conforms,
            "form": self.form,
            "profile": self.profile,
            "elements": dict(self.elements),
            "findings": [{"level": finding.level, **asdict(finding)} for finding in self.findings],
            "passed": list(self.passed),
            "not_checked": [asdict(skipped) for skipped in self.not_checked],
        }


@dataclass(frozen=True, slots=True)
class LintFacts:
    """What is known about a paper beside its file. None, or empty: unknown, and what needs it is not checked.

    `issuers` are the names of those that may issue the paper, `texts` the values that must be printed, `quoted` words
    taken over from outside that nobody may mend, `figures` what the ledger counts again, `rebuilt` the bytes of another
    build, `must_copy` who must be among the 抄送机关, `phones` the numbers that may be printed.
    """

    issuer: str | None = None
    issuers: tuple[str, ...] = ()
    number: str | None = None
    taken_numbers: tuple[str, ...] = ()
    dated: date | None = None
    to: tuple[str, ...] = ()
    must_copy: tuple[str, ...] = ()
    genre: str | None = None
    sealed: bool | None = None
    upward: bool | None = None
    approved: bool | None = None
    draft: bool = False
    two_sided: bool = False
    landscape: bool = False
    texts: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    rebuilt: bytes | None = None

    @property
    def issuer_names(self) -> tuple[str, ...]:
        """What the paper may call its issuer: 全称 or 规范化简称 (条例 9)."""
        named = (self.issuer,) if self.issuer else ()
        return tuple(dict.fromkeys((*named, *self.issuers)))
