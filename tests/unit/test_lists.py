"""Lists to print and to bind: they read as papers do, and every row is as high as what stands in it."""

import io
from datetime import date, datetime

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from duban.adapters.lists import XlsxEvidenceList, XlsxRegister
from duban.core.numbering import Series
from duban.core.papers import PaperKind, PaperRecord, PaperState, Signature
from duban.core.register_rows import NumberLine
from duban.core.signing import SYSTEM
from duban.core.weeks import ZONE
from fakes.small_plan import SMALL_PLAN

MORNING = datetime(2018, 8, 1, 8, 30, tzinfo=ZONE)
CLAUSE = (
    "由各办事处牵头，组织各社区对拟管理提升住宅小区基本情况进行调查，摸清范围、楼栋数、居民户数等情况，建立工作台账"
)
EVIDENCE = {
    "as_of": MORNING.isoformat(),
    "calendar": [{"year": 2018, "published": "2017-11-30"}],
    "items": [
        {
            "key": "S1:NM",
            "deliverable": "工作台账",
            "ground": {"clause": CLAUSE, "decision": None},
            "due": "2018-07-30T23:59:59+08:00",
            "days_overdue": 2,
            "working_days_overdue": 2,
            "received": [],
        }
    ],
}


def sheet_of(workbook: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_evidence_bears_its_instant_as_papers_write_it() -> None:
    """It goes along with the letter: 2018-08-01T08:30:00+08:00 is for machines."""
    sheet = sheet_of(XlsxEvidenceList().write("催办通知单（南门办事处）", EVIDENCE))
    assert sheet["A1"].value == "催办通知单（南门办事处）证据清单（截至2018年8月1日8时30分）"


def test_a_row_is_as_high_as_its_longest_text() -> None:
    """Not every program makes room for a wrapped text by itself."""
    sheet = sheet_of(XlsxEvidenceList().write("催办通知单（南门办事处）", EVIDENCE))
    assert sheet.row_dimensions[2].height == 2 * 15 + 6  # 逾期天数/工作日 in 12 characters
    assert sheet.row_dimensions[3].height == 3 * 15 + 6  # 55 Han characters, 22 a line


def test_a_paper_that_signed_itself_bears_no_programs_name_in_the_register() -> None:
    """As the board has it."""
    signature = Signature(SYSTEM, MORNING, date(2018, 8, 1), "s.docx", "0" * 64)
    slip = PaperRecord(
        id=1,
        kind=PaperKind.RETURN_SLIP,
        title="退回补正通知单（南门办事处）",
        to=("南门办事处",),
        cc=(),
        number="东整退〔2018〕1号",
        state=PaperState.SIGNED,
        as_of=MORNING,
        path="s.docx",
        sha256="0" * 64,
        signature=signature,
    )
    series = Series(SMALL_PLAN.issuers[0].key, "退回", 2018)
    lines = {series: [NumberLine(1, "东整退〔2018〕1号", slip)]}
    assert sheet_of(XlsxRegister().write(SMALL_PLAN, lines, MORNING))["F3"].value == "系统"
