"""What the ledger hands to the assessment: the facts known at an instant, per office."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from duban.core.checked import Status
from duban.core.compound import Compound
from duban.core.returns import ReturnKind
from duban.core.site_checks import NOTHING_REFUTED, Refuted

StateAt = Callable[[datetime], Mapping[str, Mapping[str, Compound]]]
"""The folded state known at an instant: office → 小区编号 → compound."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One accepted line of 工作动态."""

    kind: str
    held_on: date


@dataclass(frozen=True, slots=True)
class ReturnFact:
    """One return received, duplicates left out. `ledger_rows` counts accepted rows of 工作台账.

    `project_compounds` are the compounds with an accepted row in this return's 项目台账. `slip_at` is when the
    correction slip went out (None when nothing of class A was found); `faults` are the findings that it named, each as
    `code/compound/column` (empty parts where there is none), so that a later return can be seen to be without them.
    `confirmed_empty` marks a zero report whose 辖区内无拟提升小区 the bureau confirmed.
    """

    return_id: int
    office: str
    week: str | None
    received_at: datetime
    status: Status
    kind: ReturnKind | None
    ledger_rows: int
    project_compounds: frozenset[str]
    activities: tuple[Activity, ...]
    slip_at: datetime | None = None
    faults: frozenset[str] = frozenset()
    confirmed_empty: bool = False

    @property
    def counts(self) -> bool:
        """Whether the return was accepted, in whole or in part."""
        return self.status.counts

    @property
    def surveys(self) -> bool:
        """Whether it proves the survey: an accepted 工作台账 with at least one row, or a confirmed zero report."""
        return self.counts and (self.ledger_rows > 0 or self.confirmed_empty)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The frozen denominator of an office: its compounds and the cut-off at which they were frozen."""

    compounds: frozenset[str]
    frozen_at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """What the bureau has settled about an office's compounds: what counts, and what does not.

    `unsuited` are 暂不具备成立条件, `refuted` what was found 不属实 on site.
    """

    baseline: Baseline | None = None
    unsuited: frozenset[str] = frozenset()
    refuted: Refuted = NOTHING_REFUTED


SettledAt = Callable[[datetime, date], Settled]
"""What was settled by an instant, and holds on a day."""


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """A 督办 notice that an office had; `replied_at` is when its first 回执 came, None while none has."""

    paper_id: int
    delivered_at: datetime
    replied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """What an office asks of a department for one compound, as its latest row says (需协调部门、提请日期)."""

    compound: str
    department: str
    asked_on: date
    return_id: int
    name: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Everything known of one office at an instant; `returns` oldest first (time of receipt, then path).

    `settled` is what the bureau has settled by then, `settled_at` what it had before (None: the same);
    `matters` what waits for a department.
    """

    office: str
    compounds: Mapping[str, Compound]
    settled: Settled
    returns: tuple[ReturnFact, ...]
    notices: tuple[NoticeFact, ...] = ()
    matters: tuple[Matter, ...] = ()
    settled_at: SettledAt | None = field(default=None, compare=False, repr=False)

    @property
    def baseline(self) -> Baseline | None:
        return self.settled.baseline

    def settled_by(self, at: datetime, day: date) -> Settled:
        """What was settled by an earlier instant: what was met then is not undone by a later decision."""
        return self.settled if self.settled_at is None else self.settled_at(at, day)
