"""The closed schema of a plan file (domain.md §2). Every class is one kind of entry; core.plan says what each means."""

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from duban.adapters.planfile.kinds import (
    Code,
    CopyNumber,
    Count,
    Day,
    Entry,
    Fact,
    Grounded,
    Hour,
    Name,
    Secrecy,
    Share,
    SignedCount,
    Text,
)
from duban.adapters.planfile.limits import Limits
from duban.core.addressees import Channel
from duban.core.issuers import Numbering
from duban.core.papers import PaperKind
from duban.core.plan import Evidence, Owner


class Start(Grounded):
    """The first day on which evidence may lie."""

    day: Day


class Source(Grounded):
    title: Text
    number: Text
    issuer: Text
    issued: Day
    start: Start


class LeadingGroup(Entry):
    name: Fact
    office: Fact
    host: Fact
    leader: Fact
    leader_position: Fact
    director: Fact
    deputy_director: Fact


class AnswersFor(Grounded):
    """The aims that a duty answers for."""

    aims: tuple[Text, ...] = Field(min_length=1)


class Duty(Grounded):
    """A duty of section 六. Its text is the clause itself; a duty by decision says its own."""

    text: Text | None = None
    answers_for: AnswersFor | None = None

    @model_validator(mode="after")
    def _has_text(self) -> "Duty":
        if self.text is None and self.clause is None:
            raise PydanticCustomError("duty_text", "a duty by decision needs a text")
        return self


class Unit(Grounded):
    name: Text
    department: bool
    duties: tuple[Duty, ...] = ()


class Office(Grounded):
    code: Code
    name: Text
    expected_compounds: Count | None = None
    joined: Day | None = None


class Offices(Entry):
    """The offices, all of them members of the leading group, with the duties that each has; `codes`: why these."""

    codes: Grounded
    members: tuple[Office, ...] = Field(min_length=1)
    duties: tuple[Duty, ...] = ()


class BeforeIncludesTheDay(Grounded):
    """Whether 某日前 includes that day: the one switch for every phase that ends `before` its due day."""

    value: bool


class Phase(Grounded):
    """A phase ends on its `due` day; `before`: the source says 某日前, so that the switch decides."""

    key: Text
    name: Text
    start: Day | None = None
    due: Day
    before: bool = False


class Target(Grounded):
    year: int
    share: Share
    due: Day


class Aim(Grounded):
    key: Text
    name: Text


class WorkArea(Grounded):
    name: Text
    text: Text


class Obligation(Grounded):
    """Its day is `due`, or the end of `phase`, or that of the target of `year`; else it follows from an event."""

    key: Text
    deliverable: Text
    owner: Owner
    evidence: Evidence
    escalates: bool
    needs_basis: bool
    due: Day | None = None
    phase: Text | None = None
    working_days: Count | None = None
    activity_kind: Text | None = None
    parts: tuple[Text, ...] = ()
    year: int | None = None
    first_rung: Text | None = None
    top_rung: Text | None = None
    office_share: Grounded | None = None


class Rung(Grounded):
    key: Text
    name: Text
    working_days: SignedCount
    paper: PaperKind
    requires: Text | None = None
    automatic: bool
    may_decline: bool = False


class Deputy(Entry):
    name: Text
    first_day: Day
    last_day: Day
    mail: Text | None = None


class Person(Grounded):
    name: Text
    position: Text
    mail: Text | None = None
    deputy: Deputy | None = None


class Issuer(Grounded):
    key: Text
    name: Text
    mark: Text
    prefix: Text
    numbering: Numbering
    seal: Literal["own", "代章"]
    telephone: Text
    reviewer: Person
    signer: Person


class Series(Grounded):
    """A run of numbers; every issuer counts its own."""

    key: Text
    number_form: Text


class Paper(Grounded):
    """A kind of paper; without `series` it carries no number. A 公文 may have 份号, 密级 and 紧急程度."""

    kind: PaperKind
    name: Text
    issuer: Text
    to: tuple[Text, ...] = ()
    cc: tuple[Text, ...] = ()
    report_to: tuple[Text, ...] = ()
    send_to: tuple[Text, ...] = ()
    issue_to: tuple[Text, ...] = ()
    series: Text | None = None
    copy_number: CopyNumber | None = None
    secrecy: Secrecy | None = None
    urgency: Literal["特急", "加急"] | None = None


class Reporting(Grounded):
    first_day: Day
    cutoff_time: Hour
    reminder_time: Hour | None = None


class Waits(Grounded):
    due_soon: Count
    rung_age: Count
    reopened: Count
    unacknowledged: Count


class SpotChecks(Grounded):
    """抽查清单: how many compounds, and which completions lie close to a deadline."""

    number: Count
    days_before_a_deadline: Count


class Calendar(Grounded):
    """The files of holiday notices, beside the plan file."""

    notices: tuple[Text, ...]


class Scope(Grounded):
    kinds: tuple[Text, ...] = Field(min_length=1)


class Implementation(Grounded):
    """The phase on whose first day the pace line begins."""

    phase: Text


class Basis(Entry):
    number: Text
    title: Text
    signed: Day


class Recipient(Entry):
    """A recipient of papers: by which channel and where, or (a group) the recipients that it stands for."""

    name: Text
    channel: Channel = Channel.FOLDER
    address: Text | None = None
    members: tuple[Text, ...] = ()


class Deliveries(Grounded):
    """Where papers go; a recipient who is not listed has a folder of the outbox."""

    recipients: tuple[Recipient, ...]


class PlanFile(Entry):
    """A whole plan file."""

    key: Name
    district: Fact
    work: Fact
    source: Source
    leading_group: LeadingGroup
    units: tuple[Unit, ...] = Field(min_length=1)
    offices: Offices
    other_units: tuple[Unit, ...] = ()
    before_includes_the_day: BeforeIncludesTheDay
    phases: tuple[Phase, ...] = Field(min_length=1)
    targets: tuple[Target, ...] = Field(min_length=1)
    aims: tuple[Aim, ...]
    work_areas: tuple[WorkArea, ...]
    scope: Scope
    implementation: Implementation
    reporting: Reporting
    calendar: Calendar
    obligations: tuple[Obligation, ...] = Field(min_length=1)
    waits: Waits
    ladder: tuple[Rung, ...] = Field(min_length=1)
    issuers: tuple[Issuer, ...] = Field(min_length=1)
    series: tuple[Series, ...]
    papers: tuple[Paper, ...]
    basis: Basis | None
    spot_checks: SpotChecks | None = None
    deliveries: Deliveries | None = None
    limits: Limits | None = None
