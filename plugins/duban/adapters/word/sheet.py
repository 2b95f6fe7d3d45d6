"""The style sheet of our papers: every measure once, in millimetres and points, with its clause and strength.

Clauses are those of GB/T 9704-2012 where a bare number stands; 实务 is practice that no standard fixes. Page profile A:
the margins that people check in Word's dialog, 22 lines of 28.95 pt.
"""

from dataclasses import dataclass
from enum import StrEnum

TWIPS_PER_POINT = 20
TWIPS_PER_MM = 1440 / 25.4
EIGHTHS_PER_POINT = 8


class Strength(StrEnum):
    """How binding a measure is."""

    RULE = "规定"
    USUAL = "一般"
    ADVISED = "推荐"
    PRACTICE = "实务"
    DERIVED = "推算"


@dataclass(frozen=True, slots=True)
class Millimetres:
    """A length in millimetres with the clause that sets it."""

    value: float
    clause: str
    strength: Strength

    @property
    def twips(self) -> int:
        return round(self.value * TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Points:
    """A length in points with the clause that sets it."""

    value: float
    clause: str
    strength: Strength

    @property
    def twips(self) -> int:
        return round(self.value * TWIPS_PER_POINT)

    @property
    def half_points(self) -> int:
        return round(self.value * 2)

    @property
    def eighths(self) -> int:
        return round(self.value * EIGHTHS_PER_POINT)


PAGE_WIDTH = Millimetres(210, "5.1", Strength.RULE)
PAGE_HEIGHT = Millimetres(297, "5.1", Strength.RULE)
MARGIN_TOP = Millimetres(37, "5.2.1", Strength.RULE)
MARGIN_LEFT = Millimetres(28, "5.2.1", Strength.RULE)
MARGIN_RIGHT = Millimetres(26, "5.2.1", Strength.DERIVED)
MARGIN_BOTTOM = Millimetres(35, "5.2.1", Strength.DERIVED)
TYPE_WIDTH = Millimetres(156, "5.2.1", Strength.RULE)
LINE_PITCH = Points(28.95, "5.2.3", Strength.USUAL)
FOOTER_DISTANCE = Millimetres(25.1, "7.5", Strength.USUAL)
MARK_DROP = Millimetres(35, "7.2.4", Strength.RULE)
BULLETIN_DROP = Millimetres(20, "简报报头", Strength.PRACTICE)
SLIP_DROP = Millimetres(5, "单据", Strength.PRACTICE)
SEAL_ROOM = 2  # blank lines above a sealed 署名 (7.3.5.1: the seal's top within one line of the text)
LETTER_MARK_TOP = Millimetres(30, "10.1", Strength.RULE)
LETTER_RULE_WIDTH = Millimetres(170, "10.1", Strength.RULE)
LETTER_RULE_GAP = Millimetres(1.9, "10.1", Strength.RULE)  # 4 mm from the glyphs, whose line ends below them
LETTER_FOOT_TOP = Millimetres(275.6, "10.1", Strength.RULE)  # its last line is 20 mm from the lower edge
LETTER_BETWEEN = Points(1, "10.1", Strength.PRACTICE)
LETTER_NUMBER_GAP = Millimetres(1.3, "10.1", Strength.RULE)  # 4.9 mm to the glyphs, whose line begins above them
LETTER_THICK = Points(2.25, "10.1", Strength.PRACTICE)
LETTER_THIN = Points(0.75, "10.1", Strength.PRACTICE)
MARK_SIZE = Points(48, "7.2.4", Strength.ADVISED)
RED_RULE = Points(1.5, "7.2.7", Strength.PRACTICE)
RED_RULE_GAP = Points(7, "7.2.7", Strength.RULE)
COLOPHON_OUTER_RULE = Millimetres(0.35, "7.4.1", Strength.ADVISED)
COLOPHON_INNER_RULE = Millimetres(0.25, "7.4.1", Strength.ADVISED)
TABLE_RULE = Points(0.5, "实务", Strength.PRACTICE)
CHART_HEIGHT = Millimetres(62, "实务", Strength.PRACTICE)
SQUEEZE = Points(-0.3, "5.2.3", Strength.DERIVED)
FORM_ROW = Millimetres(11, "实务", Strength.PRACTICE)

SIZE_2 = Points(22, "7.3.1", Strength.USUAL)
SIZE_3 = Points(16, "5.2.2", Strength.USUAL)
SIZE_4 = Points(14, "7.4.2", Strength.USUAL)
SIZE_SMALL_4 = Points(12, "实务", Strength.PRACTICE)
SIZE_5 = Points(10.5, "实务", Strength.PRACTICE)
CELL_LINE = Points(16, "实务", Strength.PRACTICE)

RED, BLACK = "FF0000", "000000"


@dataclass(frozen=True, slots=True)
class Profile:
    """How Word's page dialog gives the type area: its upper and lower margin, and the pitch of 22 lines.

    A: 天头 37 mm as people look for it in the dialog. B: GB/T 33476.2-2016, where 天头 is measured to the glyph.
    """

    key: str
    top: Millimetres
    bottom: Millimetres
    pitch: Points


PROFILE_A = Profile("A", MARGIN_TOP, MARGIN_BOTTOM, LINE_PITCH)
PROFILE_B = Profile(
    "B",
    Millimetres(34.58, "GB/T 33476.2", Strength.USUAL),
    Millimetres(32.58, "GB/T 33476.2", Strength.USUAL),
    Points(29.6, "GB/T 33476.2", Strength.DERIVED),
)
PROFILES = {profile.key: profile for profile in (PROFILE_A, PROFILE_B)}

XIAOBIAOSONG = "方正小标宋简体"
FANGSONG = "仿宋_GB2312"
KAITI = "楷体_GB2312"
HEITI = "黑体"
SONGTI = "宋体"
FONTS = (XIAOBIAOSONG, FANGSONG, KAITI, HEITI, SONGTI)


@dataclass(frozen=True, slots=True)
class Border:
    """A rule along one side of a paragraph, `gap` away from its text."""

    side: str
    width: Points
    colour: str
    gap: Points


@dataclass(frozen=True, slots=True)
class Style:
    """A named paragraph style. Indents count characters of the style's own size; `line` is the exact line pitch.

    `at_least` lets a line grow (cells); `squeeze` draws type together: 28 characters of 16 pt then fill 156 mm.
    `right_tab` sets a right tab so many characters before the right edge.
    """

    key: str
    name: str
    font: str
    size: Points
    clause: str
    align: str = "both"
    colour: str = BLACK
    line: Points = LINE_PITCH
    at_least: bool = False
    before: Points | None = None
    after: Points | None = None
    first_line: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    squeeze: bool = False
    keep_next: bool = False
    outline: int | None = None
    border: Border | None = None
    right_tab: float | None = None
    page_break: bool = False


_NO_GAP = Points(0, "7.2.7", Strength.PRACTICE)
_LETTER_GAP = Points(LETTER_NUMBER_GAP.value * 72 / 25.4, "10.1", Strength.RULE)
_BELOW = Border("bottom", RED_RULE, RED, _NO_GAP)
_MARK_LINE = Points(50, "7.2.4", Strength.PRACTICE)
_ISSUE_GAP = Points(10, "简报报头", Strength.PRACTICE)
_HAIR = Points(1, "实务", Strength.PRACTICE)
_NOTE_LINE = Points(16, "实务", Strength.PRACTICE)
_SMALL_GAP = Points(6, "实务", Strength.PRACTICE)

CHART = "Chart"
"""The style of the paragraph that a chart is put into."""
STYLES = (
    Style("Normal", "Normal", FANGSONG, SIZE_3, "5.2.2", squeeze=True),
    Style("Mark", "公文发文机关标志", XIAOBIAOSONG, MARK_SIZE, "7.2.4", "center", RED, line=_MARK_LINE),
    Style("Issue", "公文期号", FANGSONG, SIZE_3, "简报报头", "center", before=_ISSUE_GAP),
    Style("Number", "公文发文字号", FANGSONG, SIZE_3, "7.2.5", "center", before=_ISSUE_GAP),
    Style("FileNumber", "公文发文字号居中", FANGSONG, SIZE_3, "7.2.5", "center"),
    Style("FileNumberUp", "公文发文字号签发人", FANGSONG, SIZE_3, "7.2.6", left=1, right=1, right_tab=1),
    Style("LetterNumber", "公文信函文号", FANGSONG, SIZE_3, "10.1", "right", before=_LETTER_GAP),
    Style("Serial", "公文份号", FANGSONG, SIZE_3, "7.2.1"),
    Style("Secrecy", "公文密级", HEITI, SIZE_3, "7.2.2"),
    Style("Urgency", "公文紧急程度", HEITI, SIZE_3, "7.2.3"),
    Style("Drop", "公文标志上空", FANGSONG, SIZE_3, "7.2.4"),
    Style("RedRule", "公文红色分隔线", FANGSONG, _HAIR, "7.2.7", line=RED_RULE_GAP, border=_BELOW),
    Style("Editor", "公文编发单位", FANGSONG, SIZE_4, "简报报头", left=1, right_tab=1, squeeze=True),
    Style("Title", "公文标题", XIAOBIAOSONG, SIZE_2, "7.3.1", "center", keep_next=True),
    Style("Subtitle", "公文副题", KAITI, SIZE_3, "实务", "center", squeeze=True, keep_next=True),
    Style("Addressee", "公文主送机关", FANGSONG, SIZE_3, "7.3.2", squeeze=True, keep_next=True),
    Style("BodyText", "公文正文", FANGSONG, SIZE_3, "7.3.3", first_line=2, squeeze=True),
    Style("Heading1", "heading 1", HEITI, SIZE_3, "7.3.3", first_line=2, squeeze=True, keep_next=True, outline=0),
    Style("Heading2", "heading 2", KAITI, SIZE_3, "7.3.3", first_line=2, squeeze=True, keep_next=True, outline=1),
    Style("Heading3", "heading 3", FANGSONG, SIZE_3, "7.3.3", first_line=2, squeeze=True, outline=2),
    Style("Heading4", "heading 4", FANGSONG, SIZE_3, "7.3.3", first_line=2, squeeze=True, outline=3),
    Style("AttachmentOne", "公文附件说明", FANGSONG, SIZE_3, "7.3.4", left=5, hanging=3, squeeze=True),
    Style("AttachmentFirst", "公文附件说明首项", FANGSONG, SIZE_3, "7.3.4", left=6, hanging=4, squeeze=True),
    Style("AttachmentNext", "公文附件说明续项", FANGSONG, SIZE_3, "7.3.4", left=6, hanging=1, squeeze=True),
    Style("SignaturePlain", "公文不盖章署名", FANGSONG, SIZE_3, "7.3.5.2", "right", squeeze=True, keep_next=True),
    Style("DatedPlain", "公文不盖章日期", FANGSONG, SIZE_3, "7.3.5.2", "right", squeeze=True),
    Style("Remark", "公文附注", FANGSONG, SIZE_3, "7.3.6", "left", first_line=2, squeeze=True),
    Style("AnnexLabel", "公文附件标识", HEITI, SIZE_3, "7.3.7", page_break=True, keep_next=True),
    Style("AnnexTitle", "公文附件标题", XIAOBIAOSONG, SIZE_2, "7.3.7", "center", keep_next=True),
    Style(CHART, "公文图", FANGSONG, SIZE_SMALL_4, "实务", "center", line=CELL_LINE, at_least=True, keep_next=True),
    Style("Signature", "公文署名", FANGSONG, SIZE_3, "7.3.5.1", "right", right=2, squeeze=True, keep_next=True),
    Style("Dated", "公文成文日期", FANGSONG, SIZE_3, "7.3.5.1", "right", right=4, squeeze=True),
    Style("Caption", "公文表题", HEITI, SIZE_4, "实务", "center", before=_SMALL_GAP, keep_next=True),
    Style("FigureCaption", "公文图题", HEITI, SIZE_4, "实务", "center", after=_SMALL_GAP),
    Style("CellHead", "公文表头", HEITI, SIZE_SMALL_4, "实务", "center", line=CELL_LINE, at_least=True, keep_next=True),
    Style("Cell", "公文表格文字", FANGSONG, SIZE_SMALL_4, "实务", "left", line=CELL_LINE, at_least=True),
    Style("CellCentre", "公文表格居中", FANGSONG, SIZE_SMALL_4, "实务", "center", line=CELL_LINE, at_least=True),
    Style("Note", "公文表注", FANGSONG, SIZE_5, "实务", line=_NOTE_LINE, after=_SMALL_GAP),
    Style("Colophon", "公文版记", FANGSONG, SIZE_4, "7.4.2", left=4, right=1, hanging=3, right_tab=1, squeeze=True),
    Style("PageOdd", "公文页码单页", SONGTI, SIZE_4, "7.5", "right", line=SIZE_3, right=1),
    Style("PageEven", "公文页码双页", SONGTI, SIZE_4, "7.5", "left", line=SIZE_3, left=1),
    Style("Tear", "公文裁切线", SONGTI, SIZE_4, "实务", "center", keep_next=True),
    Style("Hair", "公文末行", FANGSONG, _HAIR, "实务", line=_HAIR),
)  # fmt: skip
