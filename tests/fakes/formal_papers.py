"""The papers outside the ladder, drafted from scenes of the small plan, each by the name of its golden text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from duban.core.assessment import Assessment
from duban.core.checked import CheckedRow, Verdict
from duban.core.compound import Compound
from duban.core.papers import Figure, PaperContent, PaperKind, PaperRecord, PaperState
from duban.core.plan import Evidence, ObligationRule, Owner
from duban.core.returns import declare_form
from duban.core.signing import issuer_of
from duban.core.weeks import Weeks
from duban.pipeline.assess import Assess
from duban.pipeline.circular import Circular
from duban.pipeline.correction_notice import CorrectionNotice, RevocationNotice
from duban.pipeline.criticism import Criticism, Decision
from duban.pipeline.department_list import DepartmentList
from duban.pipeline.drafting import Desk
from duban.pipeline.paper_ports import Composer, PaperShelf
from duban.pipeline.ports import LastRow
from duban.pipeline.reporting_notice import ReportingNotice
from duban.pipeline.upward_report import UpwardReport
from duban.pipeline.year_assessment import YearAssessment
from fakes import paper_scenes as scenes
from fakes.assessments import at
from fakes.paper_ports import FakeLedger, MemoryRegister
from fakes.small_plan import DECIDED, SMALL_PLAN

DEPARTMENT_RULE = ObligationRule(
    "D",
    "部门事项",
    Owner.DEPARTMENT,
    Evidence.DEPARTMENT_REPLY,
    None,
    15,
    escalates=False,
    needs_basis=False,
    ground=DECIDED,
)
PLAN = replace(SMALL_PLAN, basis=None, obligations=(*SMALL_PLAN.obligations, DEPARTMENT_RULE))
WEEKS = Weeks(PLAN.calendar, PLAN.reporting.first_day, PLAN.reporting.cutoff_time)
OCTOBER = at(date(2018, 10, 1), 9)
YEAR_JUDGED = at(date(2019, 1, 4), 17)
FORM = declare_form((("aim_01", "路要平整"), ("aim_02", "灯要明亮")), ("城管局", "规划局"))
CIRCULAR = PaperRecord(
    id=3,
    kind=PaperKind.CIRCULAR,
    title="东区楼院整治工作领导小组办公室关于2018年8月楼院整治工作进展情况的通报",
    to=("各办事处",),
    cc=("东区督查室",),
    number="东整〔2018〕4号",
    state=PaperState.SIGNED,
    as_of=at(date(2018, 9, 3), 9),
    path="circular.docx",
    sha256="0" * 64,
)
LETTER = replace(
    CIRCULAR,
    id=4,
    kind=PaperKind.URGE,
    title="催办通知单（南门办事处）",
    to=("南门办事处",),
    number="东整催〔2018〕2号",
    rung="urge",
    items=("S2:XC",),
)
NAMES = (
    "reporting_notice",
    "circular",
    "report",
    "year_assessment",
    "criticism",
    "correction",
    "revocation",
    "department_list",
)
DECISION = Decision(
    office="XC",
    body="东区督查室主任办公会议",
    day=date(2018, 9, 13),
    reference="会议纪要〔2018〕6号",
    proposal="东整〔2018〕9号",
    items=("S2:XC", "S3c:XC"),
)
ISSUER = issuer_of(PLAN, LETTER, None)


class MatterLedger(FakeLedger):
    """A ledger whose latest rows put matters to departments; every office but the first has none."""

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self._values = {"name": "东风楼院", "problem": "弱电线杂乱", **values}

    def states_of(self, office: str, instants: Sequence[datetime]) -> list[dict[str, Compound]]:  # noqa: ARG002 - as the port has it
        return [{} for _ in instants]

    def asking_rows(self, office: str, as_of: datetime) -> list[LastRow]:
        if office != PLAN.offices[0].code:
            return []
        asked = {"ask_department": "城管局", "asked_on": date(2018, 9, 3), **self._values}
        fresh = asked | {"asked_on": as_of.date()}
        rows = [CheckedRow("project", n, Verdict.ACCEPTED, f"NM-00{n}", v) for n, v in enumerate((asked, fresh, {}), 1)]
        return [LastRow(7, row) for row in rows]


def as_in_september(as_of: datetime) -> Assessment:
    """The middle of the season, whatever the instant."""
    return replace(scenes.mid_season()(scenes.CUTOFF), as_of=as_of)


def judged(as_of: datetime, known_at: datetime) -> Assessment:
    assert as_of < known_at
    return as_in_september(as_of)


def drafts(composer: Composer, shelf: PaperShelf) -> Mapping[str, PaperRecord | None]:
    """Every formal paper, drafted."""
    register = MemoryRegister([replace(LETTER, id=1)])
    desk = Desk(PLAN, composer, register, shelf)
    ledger = FakeLedger(scenes.MID_SEASON_RETURNS)
    return {
        "reporting_notice": ReportingNotice(PLAN, WEEKS, FORM, desk, MemoryRegister()).draft(at(date(2018, 7, 20), 10)),
        "circular": Circular(PLAN, WEEKS, as_in_september, ledger, desk).draft(OCTOBER),
        "report": UpwardReport(PLAN, WEEKS, as_in_september, ledger, desk).draft(OCTOBER),
        "year_assessment": YearAssessment(PLAN, WEEKS, as_in_september, judged, ledger, desk).draft(YEAR_JUDGED),
        "criticism": Criticism(PLAN, WEEKS, as_in_september, register, desk).draft(DECISION, scenes.CUTOFF),
        "correction": CorrectionNotice(PLAN, desk).draft(CIRCULAR, figures("2", "2"), figures("3", "并列1"), OCTOBER),
        "revocation": RevocationNotice(PLAN, desk).draft(LETTER, ISSUER, "经核实，该办事处已在期限前报送材料", OCTOBER),
        "department_list": DepartmentList(PLAN, Assess(PLAN, WEEKS, MatterLedger()).departments, desk).draft(OCTOBER),
    }


def figures(done: str, rank: str) -> tuple[Figure, ...]:
    """Figures of a circular: one that counts, a rank, and a rate, which follows from the others."""
    return (
        Figure("NM.committees.done", done, "domain.md §5 committees done", (4,)),
        Figure("NM.committees.rate", f"{done}0.0%", "domain.md §5 rate", (4,)),
        Figure("NM.rank", rank, "domain.md §5 ranking"),
        Figure("district.improvements.done", "1", "domain.md §5 improvements done"),
    )


def content_of(name: str) -> PaperContent:
    """What one formal paper says."""
    kept: dict[str, PaperContent] = {}

    class Keeping:
        def compose(self, content: PaperContent) -> bytes:
            kept[content.kind.value] = content
            return b""

    class NoShelf:
        def put(self, path: str, content: bytes) -> None: ...

        def get(self, path: str) -> bytes:
            raise AssertionError(path)

    drafts(Keeping(), NoShelf())
    return kept[name]
