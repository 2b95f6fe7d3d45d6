"""Papers 公文: their kinds and their life (domain.md §7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from duban.core.figure_rules import FigureRule, rule_of


class PaperKind(StrEnum):
    """The kinds of paper; the plan says who issues each, to whom and in which series."""

    WEEKLY_REPORT = "weekly_report"  # 工作简报
    REMINDER = "reminder"  # 工作提示
    URGE = "urge"  # 催办通知单
    SUPERVISE = "supervise"  # 督办通知单
    CRITICISM_PROPOSAL = "criticism_proposal"  # 提请通报批评的建议
    CRITICISM = "criticism"  # 通报
    RETURN_SLIP = "return_slip"  # 退回补正通知单
    REPORTING_NOTICE = "reporting_notice"  # 报送通知
    CIRCULAR = "circular"  # 通报 (monthly)
    REPORT = "report"  # 报告
    YEAR_ASSESSMENT = "year_assessment"  # 年度考核通报
    CORRECTION = "correction"  # 更正通报
    REVOCATION = "revocation"  # 撤销通知
    DEPARTMENT_LIST = "department_list"  # 部门待办清单


class PaperState(StrEnum):
    """The life of a paper; `void` keeps its number, `withdrawn` and `declined` never had one."""

    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    VOID = "void"
    REVOKED = "revoked"


IN_FORCE = (PaperState.SIGNED, PaperState.DELIVERED, PaperState.ACKNOWLEDGED)
"""The states of a paper that was signed and stands; one that was revoked makes room for another."""


NEVER_HAD = (PaperState.REJECTED, PaperState.WITHDRAWN)
"""The states of a draft that was never issued: what it spoke of may be said in another paper. One that was declined

(不予督办) is not among them: its items have had their rung."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a paper: `key` names it (`MH.committees.done`), `text` is what is printed, `definition` the rule of
    domain.md, `returns` the ids of the returns it came from. Its instant is that of its paper.
    """

    key: str
    text: str
    definition: str
    returns: tuple[int, ...] = ()

    @property
    def rule(self) -> FigureRule:
        """The named rule behind it, with unit and source."""
        return rule_of(self.definition)


@dataclass(frozen=True, slots=True)
class PaperContent:
    """What a paper says, before Word: `fields` are the template's values (texts and lists of mappings of texts),
    `figures` every number in it. `quoted` are texts taken over from outside (file names, cells, reasons): printed as
    they stand, whatever they hold. `constants` are texts with numbers that count nothing and that the plan does not
    hold (a rule's wording, the addresses of a form); dates, document numbers and codes need not be listed.
    `evidence` is what a letter rests on, as JSON; it is printed nowhere and lies beside each of its drafts.
    """

    kind: PaperKind
    title: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    as_of: datetime
    fields: Mapping[str, object]
    figures: tuple[Figure, ...] = ()
    office: str | None = None
    week: str | None = None
    rung: str | None = None
    items: tuple[str, ...] = field(default=())
    quoted: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A paper's signature 签发: by whom and when; `dated` is its 成文日期, `path`, `sha256` are the signed paper's."""

    by: str
    at: datetime
    dated: date
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """One line of the register. `path` is relative to the papers folder, `number` None while a draft.

    `path` and `sha256` are the draft's; those of the signed paper stand in `signature`, None until it is signed.
    `delivered_at` is when the last recipient had it, None while one has not, or while that is uncertain.
    """

    id: int
    kind: PaperKind
    title: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    number: str | None
    state: PaperState
    as_of: datetime
    path: str
    sha256: str
    office: str | None = None
    week: str | None = None
    rung: str | None = None
    items: tuple[str, ...] = ()
    signature: Signature | None = None
    delivered_at: datetime | None = None


def evidence_path(draft: str) -> str:
    """Where the evidence of the draft at `draft` lies: beside it."""
    return draft.removesuffix(".docx") + ".evidence.json"
