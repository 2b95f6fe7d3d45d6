"""B-77 … B-92: texts, numbers and choices in cells (faults.md §3.4)."""

from collections.abc import Mapping
from typing import Any

from catalogue.case import Outcome, Sample, Send
from catalogue.making import WORK, names_of, project, tweaked, work
from catalogue.spoiling import ONE_ROW_LOST

FORMULAS = ("=cmd|'/c calc'!A1", "+1", "-2+3", "@SUM(A1)", "＝1＋1")


def households(*values: Any) -> Send:
    """A compound for each value of 居民户数; the activity is the only row without one."""
    return work(*({"households": value} for value in values), project=[{}] * len(values))


def all_lost(code: str, count: int) -> dict[str, Any]:
    """Every compound is rejected with this code; the activity stands."""
    return {"fates": ("partial",), "codes": (code,) * count, "rows": (1, 2 * count)}


def formula(cell: str, text: str, value: Any, style: Mapping[str, Any] | None = None) -> Send:
    """A formula in 工作台账 with what it showed last; '' where it was never calculated."""

    def write(file: Any, pages: Mapping[str, Any]) -> None:
        pages[WORK].write_formula(cell, text, file.add_format(dict(style)) if style else None, value)

    return tweaked(write)


def number(cell: str, value: float, style: str) -> Send:
    return tweaked(lambda file, pages: pages[WORK].write_number(cell, value, file.add_format({"num_format": style})))


def each(attribute: str, *values: Any) -> Any:
    def shows(outcome: Outcome) -> bool:
        return [getattr(outcome.compounds[key], attribute) for key in sorted(outcome.compounds)] == list(values)

    return shows


SAMPLES = (
    Sample(
        77,
        "full-width digits",
        work({"households": "３００", "buildings": "１０"}),
        hints=("D01",),
        shows=each("households", 300, 300),
    ),
    Sample(
        77,
        "full-width digits with a per cent sign",
        households("８５％", 300),
        codes=("R03",),
        **ONE_ROW_LOST,
        why="the form has no column of per cents",
    ),
    Sample(78, "1_000, ٣, ², inf and nan", households("1_000", "٣", "²", "inf", "nan"), **all_lost("R03", 5)),
    Sample(
        79,
        "names that look like formulas",
        work(*({"name": name} for name in FORMULAS), project=[{}] * 5),
        rows=(11, 0),
        shows=names_of(*FORMULAS),
    ),
    Sample(80, "a formula with its value", formula("G2", "=100+200", 300), shows=each("households", 300, 300)),
    Sample(81, "a formula that was never calculated", formula("G2", "=100+200", ""), codes=("R03",), **ONE_ROW_LOST),
    Sample(82, "#REF!", formula("G2", "=#REF!", "#REF!"), codes=("R03",), **ONE_ROW_LOST),
    Sample(82, "#N/A in a text", formula("B2", "=NA()", "#N/A"), codes=("R03",), **ONE_ROW_LOST),
    Sample(
        82,
        "#DIV/0! in a column that may be blank",
        formula("E2", "=1/0", "#DIV/0!"),
        codes=("C11",),
        why="returns.md: the cell is dropped, the row stands",
    ),
    Sample(
        83,
        "YEAR(TODAY()) with the value it had",
        formula("E2", "=YEAR(TODAY())", 2018),
        why="its last value is what the clerk saw; returns.md has no finding for it",
    ),
    Sample(84, "12栋 and 300 户", work({"buildings": "12栋", "households": "300 户"}), hints=("D01",)),
    Sample(84, "约12, 十二, 12-15, 12(含3)", households("约12", "十二", "12-15", "12(含3)"), **all_lost("R03", 4)),
    Sample(
        85,
        "1,234 and １，２３４",
        work({"households": "1,234"}, {"households": "１，２３４"}),
        hints=("D01",),
        shows=each("households", 1234, 1234),
    ),
    Sample(
        85,
        "spaces around a number, and a no-break space",
        work({"households": " 300 ", "buildings": "\u00a010"}),
        shows=each("households", 300, 300),
    ),
    Sample(
        86,
        "0.85 shown as 85 %",
        number("G2", 0.85, "0%"),
        codes=("R03",),
        **ONE_ROW_LOST,
        why="the form has no column of per cents: no whole number",
    ),
    Sample(
        86,
        "85% as a text",
        households("85%", 300),
        codes=("R03",),
        **ONE_ROW_LOST,
        why="the form has no column of per cents",
    ),
    Sample(87, "a negative number", households(-3, 300), codes=("R04",), **ONE_ROW_LOST),
    Sample(87, "1e308, 1e400 and a number of 309 digits", households(1e308, "1e400", "9" * 309), **all_lost("R03", 3)),
    Sample(
        88,
        "无, —, / and N/A where a number may be blank",
        work(*({"built_year": text} for text in ("无", "—", "/", "N/A")), project=[{}] * 4),
        hints=("D01",),
        rows=(9, 0),
    ),
    Sample(
        88,
        "暂无 where a number is required",
        households("暂无", 300),
        codes=("R03",),
        **ONE_ROW_LOST,
        why="told, for a blank there would be R01 in any case",
    ),
    Sample(
        89,
        "communities called NA, None and null",
        work(*({"community": name} for name in ("NA", "None", "null")), project=[{}] * 3),
        rows=(7, 0),
        shows=each("community", "NA", "None", "null"),
    ),
    Sample(
        90,
        "a name of digits with leading zeros, 18 digits in a remark",
        work({"name": "00123", "remark": "410105199001011234"}),
        shows=names_of("00123", "翠竹苑"),
    ),
    Sample(90, "18 digits as a number", households(410105199001011234, 300), codes=("R04",), **ONE_ROW_LOST),
    Sample(
        91,
        "是, √, 1 and TRUE in a column of 是 and 否",
        work(*({"old": value} for value in ("是", "√", 1, True)), project=[{}] * 4),
        codes=("C11",) * 3,
        rows=(9, 0),
        why="returns.md: a tick means 已完成 in an aim, and nothing elsewhere; the cell is dropped",
    ),
    Sample(
        91,
        "√ in an aim",
        project({"aim_01": "√"}),
        hints=("D01",),
        shows=lambda outcome: outcome.compounds[min(outcome.compounds)].aims[0] == "已完成",
    ),
    Sample(92, "0.1 + 0.2", project({"funds": 0.1 + 0.2})),
    Sample(92, "1/3", project({"funds": 1 / 3}), hints=("D01",)),
)
