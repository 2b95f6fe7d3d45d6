"""The assessment of a plan at an instant: progress, obligations, lights, ranks. Built by duban.core.assess."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from duban.core.plan import AnnualTarget
from duban.core.since import Since
from duban.core.weeks import ZONE, ReportingWeek


class Light(StrEnum):
    """The lights of domain.md §5; NONE before the implementation phase and for N = 0."""

    GREEN = "green"
    YELLOW = "yellow"
    BLUE = "blue"
    RED = "red"
    NONE = "none"


class State(StrEnum):
    """The states of an obligation at an instant (domain.md §4)."""

    PENDING = "pending"
    DUE_SOON = "due_soon"
    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    IN_CORRECTION = "in_correction"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class ObligationStatus:
    """One obligation at an instant. `office` is None for the district.

    `key` names one obligation for ever (`S1:MH`, `W-2018-W31:JH`, `Y2018-C`), `rule` is the plan's key. `due` is an
    instant in Asia/Shanghai. `in_time_late_received` marks 按期开展、逾期报送. `provisional` 暂定 marks a due date
    that relied on an unpublished calendar. `received` holds the ids of the returns that came for it, met or not.
    `reopened_at` says since when an item that was met is open again (None: never, or longer ago than the ladder waits).
    Days overdue count from the due date; `climbs_from` is the instant from which the ladder counts where that is later,
    because a correction or a year's judgement was awaited. `extended_until` is the last day of a granted 延期: state
    and days overdue count from it, while `due` stays the legal one. `disputed_at` says since when a 异议 waits.
    `undecided` 未判定: whether what came around the deadline was in time cannot be told (domain.md §3). `met` is when
    it was met, None while it is open.
    """

    key: str
    rule: str
    office: str | None
    state: State
    due: datetime
    days_overdue: int
    working_days_overdue: int
    week: str | None = None
    in_time_late_received: bool = False
    provisional: bool = False
    escalates: bool = True
    received: tuple[int, ...] = ()
    reopened_at: datetime | None = None
    climbs_from: datetime | None = None
    extended_until: date | None = None
    disputed_at: datetime | None = None
    undecided: bool = False
    met: Since | None = None

    @property
    def met_at(self) -> datetime | None:
        """When it was met; of some obligations that has to be looked for, which takes longer than their state."""
        return self.met.at if self.met else None

    @property
    def last_day(self) -> date:
        """The day that counts: the due day, or the later last day of its 延期."""
        return max(self.due.astimezone(ZONE).date(), self.extended_until or date.min)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator (committees or improvements) of an office or the district, against the year in force.

    `done` counts baseline compounds only. `required` is cumulative. `rate` = done ÷ required, None when nothing is
    required; `pace` is the share of `required` that is due by now, None before the implementation phase;
    `weekly_needed` compounds a week up to the due date; `projected` the count on the due date at the last four
    weeks' speed, None without four weeks of history.
    """

    done: int
    required: int
    rate: Fraction | None
    pace: Fraction | None
    light: Light
    weekly_needed: Fraction | None = None
    projected: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of an office (or the district, `office` None) at an instant; counts of compounds.

    `known` counts compounds with an accepted ledger row, `pending` those of 数据待补; `baseline` equals `known` while
    `provisional` (of a narrower scope than all kinds: those of them in scope). `committees_formed` … `deliberated`
    count known compounds, whether in the baseline or not. `reporting_light` is that of W, K and A items. `weekly` is
    how the return of the current week stands, None where none is owed. `frozen_at` is the freeze of an office's
    baseline, None while it is provisional and for the district.
    """

    office: str | None
    known: int
    pending: int
    baseline: int
    provisional: bool
    committees_formed: int
    committees_preexisting: int
    compounds_improved: int
    scheme_drafted: int
    deliberated: int
    committees: Indicator
    improvements: Indicator
    overall_rate: Fraction | None
    light: Light
    rank: int | None = None
    rank_shared: bool = False
    returned: bool = False
    returned_late: bool = False
    reporting_light: Light = Light.NONE
    weekly: State | None = None
    frozen_at: datetime | None = None

    @property
    def return_missing(self) -> bool:
        """Whether the current week's return is owed and nothing came; what waits for its correction did come."""
        return self.weekly is not None and self.weekly not in (State.MET, State.MET_LATE, State.IN_CORRECTION)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A plan at an instant: its offices in the plan's order, the district, every obligation that has begun.

    `earlier` is the cut-off from which the straight line to the projection is drawn (None: there are too few).
    """

    as_of: datetime
    week: ReportingWeek | None
    target: AnnualTarget
    offices: tuple[Progress, ...]
    district: Progress
    obligations: tuple[ObligationStatus, ...]
    calendar_provisional: bool = False
    earlier: datetime | None = None

    def of(self, office: str) -> Progress:
        """The progress of one office; raises StopIteration for an unknown code."""
        return next(progress for progress in self.offices if progress.office == office)
