"""The weekly return, declared once (returns.md, form version 1).

The blank, the reader, the generated parts of expectations/*.json and the table in docs all come from here.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

FORM_VERSION = "1"
CORRECTIONS_SHEET = "补正清单"


class Kind(StrEnum):
    """What a column holds."""

    IGNORED = "ignored"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"


class Presence(StrEnum):
    """Whether the column must be there, and whether its cells must be filled."""

    REQUIRED = "required"  # column and every cell
    CONDITIONAL = "conditional"  # column; the cell if and only if another says so
    VOLUNTARY = "voluntary"  # column; a cell may be blank
    OPTIONAL = "optional"  # the column may be missing altogether


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` in code, SQL and JSON, `header` in the workbook.

    `low`/`high` bound numbers (inclusive; `high` None: no bound), `longest` texts in characters, `places` the
    decimals, `unit` what clerks write after a number. `decides` marks the dates that decide a figure.
    """

    header: str
    key: str
    kind: Kind
    presence: Presence
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    longest: int | None = None
    places: int = 0
    unit: str | None = None
    decides: bool = False
    until_cutoff: bool = False
    example: str = ""

    @property
    def strict(self) -> bool:
        """Whether a fault here is class A (R01–R04, R08, R12) rather than C11."""
        return self.presence in (Presence.REQUIRED, Presence.CONDITIONAL) or self.decides


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet with a row a compound or activity."""

    key: str
    sheet: str
    columns: tuple[Column, ...]
    _by_key: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {column.key: column for column in self.columns})

    def column(self, key: str) -> Column:
        """The column of `key`; raises KeyError."""
        return self._by_key[key]


@dataclass(frozen=True, slots=True)
class Form:
    """The whole workbook. `cover` holds the labels of 封面 as columns."""

    cover_sheet: str
    cover: tuple[Column, ...]
    tables: tuple[Table, ...]
    reasons: Table

    def table(self, key: str) -> Table:
        """The table of `key` (`work`, `project`, `activities`); raises KeyError."""
        found = next((table for table in self.tables if table.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    @property
    def corrections(self) -> Table:
        """补正清单, the first sheet of a marked workbook: a reason written into it counts like one in 说明原因."""
        return replace(self.reasons, key="corrections", sheet=CORRECTIONS_SHEET)


class ReturnKind(StrEnum):
    """报送类型 on the cover."""

    NORMAL = "正常报送"
    ZERO = "零报告"
    CORRECTION = "更正报送"


NOTHING_TO_IMPROVE = "辖区内无拟提升小区"
"""What a zero report says in 说明原因 where an office has no compound at all (domain.md §4 S1)."""

COMPOUND_KINDS = ("社区楼院", "自管小区", "无主管楼院", "物业小区")
MANAGEMENT = ("专业物业", "自行管理", "社区代管", "无")
SCHEMES = ("未拟定", "已拟定", "两委已议定")
AIM_STATES = ("未开始", "进行中", "已完成", "不涉及")
STAGES = ("未启动", "筹备组成立", "业主大会召开", "选举产生", "审核通过", "已备案")
STAGE_UNSUITED = "暂不具备条件"
PLANNED_YEARS = ("2018", "2019", "2020", "暂不纳入")
ACTIVITY_KINDS = (
    "宣传发动",
    "两委会议",
    "联席会议",
    "检查考核",
    "投诉信访",
    "媒体宣传",
    "信息报送",
    "改选换届",
    "物业基本服务",
)  # fmt: skip
FIRST_YEAR = 1949
NUMBER = Column("序号", "number", Kind.IGNORED, Presence.OPTIONAL)


def _text(header: str, key: str, presence: Presence, longest: int | None, example: str = "") -> Column:
    return Column(header, key, Kind.TEXT, presence, longest=longest, example=example)


def _choice(header: str, key: str, presence: Presence, choices: tuple[str, ...]) -> Column:
    return Column(header, key, Kind.CHOICE, presence, choices=choices, example=choices[0] if choices else "")


def _date(header: str, key: str, presence: Presence, *, decides: bool = False) -> Column:
    return Column(header, key, Kind.DATE, presence, decides=decides, until_cutoff=True, example="2018-09-10")


WORK = Table(
    "work",
    "工作台账",
    (
        NUMBER,
        _text("小区编号", "compound_id", Presence.REQUIRED, None, "MH-001"),
        _text("小区名称", "name", Presence.REQUIRED, 40),
        _text("所属社区", "community", Presence.REQUIRED, 20),
        _choice("小区类型", "kind", Presence.REQUIRED, COMPOUND_KINDS),
        Column("建成年份", "built_year", Kind.INTEGER, Presence.VOLUNTARY, low=FIRST_YEAR, unit="年", example="1998"),
        Column("楼栋数", "buildings", Kind.INTEGER, Presence.REQUIRED, low=1, high=2000, unit="栋", example="12"),
        Column("居民户数", "households", Kind.INTEGER, Presence.REQUIRED, low=1, high=30000, unit="户", example="300"),
        _choice("管理方式", "management", Presence.REQUIRED, MANAGEMENT),
        _text("网格责任人", "grid_officer", Presence.REQUIRED, 20),
        _text("范围（四至）", "extent", Presence.OPTIONAL, 100),
        _choice("老旧小区", "old", Presence.OPTIONAL, ("是", "否")),
        _text("物业服务企业", "company", Presence.OPTIONAL, 40),
        _choice("服务章程", "charter", Presence.OPTIONAL, ("有", "无")),
        _choice("计划年度", "planned_year", Presence.OPTIONAL, PLANNED_YEARS),
        _text("备注", "remark", Presence.VOLUNTARY, 200),
    ),
)

ACTIVITIES = Table(
    "activities",
    "工作动态",
    (
        NUMBER,
        _date("日期", "held_on", Presence.REQUIRED),
        _choice("类型", "kind", Presence.REQUIRED, ACTIVITY_KINDS),
        _text("主题", "subject", Presence.REQUIRED, 60),
        _text("地点", "place", Presence.VOLUNTARY, None),
        Column("参加人数", "attendance", Kind.INTEGER, Presence.VOLUNTARY, low=0, unit="人", example="35"),
        _text("说明", "note", Presence.VOLUNTARY, None),
    ),
)

REASONS = Table(
    "reasons",
    "说明原因",
    (
        _text("规则代码", "code", Presence.REQUIRED, 3, "B02"),
        _text("小区编号", "compound_id", Presence.VOLUNTARY, None, "MH-001"),
        _text("说明", "reason", Presence.REQUIRED, 200, "该小区为连片平房，共四户"),
    ),
)

COVER = (
    _text("填报单位", "office", Presence.REQUIRED, None),
    _date("报告期截止日", "week", Presence.REQUIRED),
    _choice("报送类型", "kind", Presence.REQUIRED, tuple(ReturnKind)),
    _text("填报人", "clerk", Presence.VOLUNTARY, None),
    _text("审核人", "reviewer", Presence.VOLUNTARY, None),
    _text("联系电话", "telephone", Presence.VOLUNTARY, None),
    Column("填报日期", "filled_on", Kind.DATE, Presence.VOLUNTARY),
    _text("表样版本", "version", Presence.REQUIRED, None, FORM_VERSION),
)


def project_table(aims: tuple[tuple[str, str], ...], departments: tuple[str, ...]) -> Table:
    """项目台账: the plan's aims are its columns (pairs of key and header), its departments a list of choices."""
    money = Column("投入资金（万元）", "funds", Kind.DECIMAL, Presence.VOLUNTARY, low=0, places=2, unit="万元")
    raised = Column("自筹资金（万元）", "self_raised", Kind.DECIMAL, Presence.OPTIONAL, low=0, places=2, unit="万元")
    return Table(
        "project",
        "项目台账",
        (
            NUMBER,
            _text("小区编号", "compound_id", Presence.REQUIRED, None, "MH-001"),
            _text("小区名称", "name", Presence.REQUIRED, None),
            _choice("提升方案", "scheme", Presence.REQUIRED, SCHEMES),
            _date("两委议定日期", "deliberated_on", Presence.CONDITIONAL, decides=True),
            *(_choice(header, key, Presence.REQUIRED, AIM_STATES) for key, header in aims),
            _date("验收日期", "accepted_on", Presence.VOLUNTARY, decides=True),
            _text("验收单位", "accepted_by", Presence.OPTIONAL, 40),
            _choice("业委会阶段", "committee_stage", Presence.REQUIRED, (*STAGES, STAGE_UNSUITED)),
            _date("备案日期", "filed_on", Presence.CONDITIONAL, decides=True),
            money,
            raised,
            _choice("需协调部门", "ask_department", Presence.OPTIONAL, departments),
            _date("提请日期", "asked_on", Presence.OPTIONAL),
            _text("存在问题", "problem", Presence.VOLUNTARY, 300),
        ),
    )


def declare_form(aims: tuple[tuple[str, str], ...], departments: tuple[str, ...]) -> Form:
    """The form for a plan: everything is fixed but the aims' headers and the departments to choose from."""
    return Form("封面", COVER, (WORK, project_table(aims, departments), ACTIVITIES), REASONS)
