"""One example of every rule in expectations/*.json: what stands in the cells, and the finding it gives.

A cell is written `key=text`; what is not named is clean. `…41` stands for 41 characters, `^` for a control character,
`#REF!` for an error cell; `accepted`, `filed`, `deliberated` for a compound that rightly is. `last:` holds what the
last accepted state said. The office is EA, the cut-off 2018-09-07, the plan's start 2018-07-19.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from duban.adapters.expectations import ExpectationsRecord
from duban.core.findings import Finding
from duban.core.gate.executor import Gate, disagreements
from duban.core.rules import COVER, parse
from duban.core.sheets import RawBook
from duban.pipeline.check import Checker
from fakes.ascii_tables import rows
from fakes.made_returns import (
    ACCEPTED,
    CHECKER,
    DELIBERATED,
    FILED,
    FORM,
    MADE_PLAN,
    SUITES,
    WEEKS,
    book,
    check,
    known,
)

AIM_KEYS = " ".join(f"aim_{n:02d}" for n in range(1, 12))

# One line a kind of fault and table; each column is an example of its own. The columns are those of returns.md.
OF_COLUMNS = rows(f"""
    rule               | columns                                                                    | what stands there
    -------------------+----------------------------------------------------------------------------+------------------
    R01.work.*         | compound_id name community kind buildings households management grid_officer | -
    R01.project.*      | compound_id name scheme committee_stage {AIM_KEYS}                           | -
    R01.activities.*   | held_on kind subject                                                       | -
    R02.work.*.choice  | kind management                                                            | 其他
    R02.project.*.choice | scheme committee_stage {AIM_KEYS}                                        | 基本完成
    R02.activities.*.choice | kind                                                                  | 开会
    C11.work.*.choice  | old charter planned_year                                                   | 其他
    C11.project.*.choice | ask_department                                                           | 气象局
    R03.work.*.unreadable | buildings households                                                    | 约三百
    R03.work.*.unreadable | compound_id name community grid_officer                                 | #REF!
    C11.work.*.unreadable | built_year                                                              | 九十年代
    C11.work.*.unreadable | extent company remark                                                   | #REF!
    R03.project.*.unreadable | deliberated_on accepted_on filed_on                                  | 9月底
    R03.project.*.unreadable | compound_id name                                                     | #REF!
    C11.project.*.unreadable | funds self_raised asked_on                                           | 若干
    C11.project.*.unreadable | accepted_by problem                                                  | #REF!
    R03.activities.*.unreadable | held_on                                                           | 上周
    R03.activities.*.unreadable | subject                                                           | #REF!
    C11.activities.*.unreadable | attendance                                                        | 若干
    C11.activities.*.unreadable | place note                                                        | #REF!
    R04.work.*.range   | buildings                                                                  | 2001
    R04.work.*.range   | households                                                                 | 30001
    R04.work.*.range   | households                                                                 | 1000000000000000
    C11.work.*.range   | built_year                                                                 | 1948
    C11.project.*.range | funds self_raised                                                         | -1
    C11.activities.*.range | attendance                                                             | -1
    R05.work.*.form    | compound_id                                                                | EA-01
    R05.work.*.office  | compound_id                                                                | WE-001
    R05.project.*.form | compound_id                                                                | EA-01
    R05.project.*.office | compound_id                                                              | WE-001
    R08.project.*.late | deliberated_on accepted_on filed_on                                        | 2018-09-08
    C11.project.*.late | asked_on                                                                   | 2018-09-08
    R08.activities.*.late | held_on                                                                 | 2018-09-08
    R12.work.*.length  | name                                                                       | …41
    R12.work.*.length  | community grid_officer                                                     | …21
    C11.work.*.length  | company                                                                    | …41
    C11.work.*.length  | extent                                                                     | …101
    C11.work.*.length  | remark                                                                     | …201
    C11.project.*.length | accepted_by                                                              | …41
    C11.project.*.length | problem                                                                  | …301
    R12.activities.*.length | subject                                                               | …61
    R12.work.*.control | name community grid_officer                                                | 文^字
    R12.work.*.control | compound_id                                                                | EA-0^01
    R12.work.*.control | kind                                                                       | 社区^楼院
    R12.work.*.control | management                                                                 | 无^
    R12.work.*.control | buildings households                                                       | 10^0
    C11.work.*.control | extent company remark                                                      | 文^字
    C11.work.*.control | built_year                                                                 | 19^98
    C11.work.*.control | old                                                                        | 是^
    C11.work.*.control | charter                                                                    | 有^
    C11.work.*.control | planned_year                                                               | 2018^
    R12.project.*.control | name                                                                    | 文^字
    R12.project.*.control | compound_id                                                             | EA-0^01
    R12.project.*.control | scheme                                                                  | 已拟定^
    R12.project.*.control | committee_stage                                                         | 未^启动
    R12.project.*.control | {AIM_KEYS}                                                              | 未^开始
    R12.project.*.control | deliberated_on accepted_on filed_on                                     | 2018-09^-03
    C11.project.*.control | accepted_by problem                                                     | 文^字
    C11.project.*.control | funds self_raised                                                       | 1^0
    C11.project.*.control | ask_department                                                          | 住建^局
    C11.project.*.control | asked_on                                                                | 2018-09-03^
    R12.activities.*.control | subject                                                              | 文^字
    R12.activities.*.control | kind                                                                 | 宣传^发动
    R12.activities.*.control | held_on                                                              | 2018-09-^03
    C11.activities.*.control | place note                                                           | 文^字
    C11.activities.*.control | attendance                                                           | 3^5
""")

OF_ROWS = rows("""
    rule                                 | what stands in the row
    -------------------------------------+--------------------------------------------------------------------------
    B02.work.households                  | buildings=1, households=401
    B05.work.buildings                   | buildings=301, households=3010
    C10.work.extent                      | extent=
    C11.work.built_year.later            | built_year=2019
    R07.project.compound_id              | compound_id=EA-002, name=世纪新村
    R09.project.accepted_on.open         | accepted, aim_03=进行中
    R09.project.accepted_on.none_done    | accepted, aims=不涉及
    R10.project.filed_on.wanted          | committee_stage=已备案
    R10.project.filed_on.unwanted        | filed, committee_stage=暂不具备条件
    R11.project.deliberated_on.wanted    | scheme=两委已议定
    R11.project.deliberated_on.unwanted  | deliberated, scheme=已拟定
    B01.project.deliberated_on           | deliberated, deliberated_on=2018-07-18
    B01.project.accepted_on              | accepted, accepted_on=2018-07-18
    B01.project.filed_on                 | filed, filed_on=2018-07-18
    B03.project.accepted_on              | accepted, aim_01=不涉及, aim_02=不涉及, aim_03=不涉及, aim_04=不涉及
    B06.project.committee_stage          | committee_stage=暂不具备条件
    C08.project.accepted_by              | accepted, accepted_by=
    C11.project.self_raised.funds        | funds=10, self_raised=10.01
    C11.project.asked_on.wanted          | ask_department=住建局
    C11.project.ask_department.wanted    | asked_on=2018-09-03
""")

OF_WEEKS = rows("""
    rule                            | what stands in the row                  | last:
    --------------------------------+-----------------------------------------+--------------------------
    C01.project.scheme              | scheme=未拟定                           | scheme=已拟定
    C01.project.committee_stage     | committee_stage=筹备组成立              | committee_stage=选举产生
    C01.project.aim_*               | aims=进行中, aim_*=未开始               | aims=进行中
    C01.project.accepted_on.removed | accepted_on=                            | accepted_on=2018-09-03
    C01.project.filed_on.removed    | committee_stage=暂不具备条件, filed_on= | filed
    C02.work.buildings              | buildings=13                            | buildings=10
    C02.work.households             | households=239                          | households=300
    C07.work.name                   | name=世纪新村                           | name=紫荆小区
""")

OF_COVER = rows("""
    rule                      | what stands on the cover
    --------------------------+-------------------------
    F04.cover.office.blank    | office=
    F04.cover.office.unknown  | office=远郊办事处
    F05.cover.week.blank      | week=9月7日
    F05.cover.week.early      | week=2018-07-22
    F05.cover.week.begun      | week=2018-09-14
    F06.cover.office.folder   | office=WE办事处
    F07.cover.kind.blank      | kind=
    F07.cover.kind.unknown    | kind=月报
    F07.cover.version.blank   | version=
    F07.cover.version.unknown | version=2
""")

TWINS = ("R06.work.compound_id", "R06.project.compound_id", "C06.work.name")
SETS = {"accepted": ACCEPTED, "filed": FILED, "deliberated": DELIBERATED}
Example = tuple[RawBook, dict[str, Any]]


def cells(written: str) -> dict[str, Any]:
    """The cells of a row as they are written in the tables above."""
    found: dict[str, Any] = {}
    for part in filter(None, written.split(", ")):
        key, _, value = part.partition("=")
        names = AIM_KEYS.split() if key == "aims" else [key]
        found.update(SETS[key] if key in SETS else dict.fromkeys(names, spelled(value)))
    return found


def spelled(value: str) -> str:
    """The text that an abbreviation of the tables stands for."""
    return re.sub(r"…(\d+)", lambda found: "长" * int(found[1]), value).replace("^", "\x07")


def one_row(rule: str, row: Mapping[str, Any]) -> RawBook:
    table = rule.split(".")[1]
    return book(**{table: [row]})  # type: ignore[arg-type] # the table's name is a keyword of `book`


def last_state(written: str) -> dict[str, Any]:
    """Changes of the last state; aims are one value there."""
    said = cells(written)
    aims = {"aims": tuple(said.pop(key) for key in AIM_KEYS.split())} if "aim_01" in said else {}
    days = {key: date.fromisoformat(value) for key, value in said.items() if key.endswith("_on")}
    numbers = {key: int(value) for key, value in said.items() if value.isdigit()}
    return {**said, **aims, **days, **numbers}


def examples() -> Iterator[tuple[str, Example]]:
    for family, columns, value in OF_COLUMNS:
        for key in columns.split():
            rule = family.replace("*", key)
            yield rule, (one_row(rule, {key: spelled(value)}), {})
    for rule, written in OF_ROWS:
        yield rule, (one_row(rule, cells(written)), {})
    for family, written, last in OF_WEEKS:
        for aim in AIM_KEYS.split() if "aim_*" in family else [""]:
            rule, row = family.replace("aim_*", aim), cells(written.replace("aim_*", aim))
            yield rule, (one_row(rule, row), {"EA-001": known(**last_state(last))})
    for rule, written in OF_COVER:
        yield rule, (book(cover=cells(written)), {})
    first, second = {"name": "甲"}, {"name": "乙"}
    yield "R06.work.compound_id", (book(work=[first, second]), {})
    yield "R06.project.compound_id", (book(project=[first, second]), {})
    yield "C06.work.name", (book(work=[{}, {"compound_id": "EA-002"}]), {})


EXAMPLES = dict(examples())
RULES = {rule.name: rule for rule in parse(SUITES)}


def found(rule: str, checker: Checker | None = None) -> list[Finding]:
    """The findings that an example gives for its rule's code and column."""
    raw, last = EXAMPLES[rule]
    result = check(raw, last, checker=checker) if checker else check(raw, last)
    named = RULES[rule]
    return [f for f in result.checked.findings if (f.code, f.column) == (named.code, named.marked)]


def test_every_rule_has_its_example():
    """A rule without an example is a rule that nobody has seen working; an example without a rule has lost it."""
    assert sorted(EXAMPLES) == sorted(RULES)


@pytest.mark.parametrize("rule", sorted(EXAMPLES))
def test_the_rule_finds_its_example_at_its_cell(rule):
    """The finding names the sheet and the cell of the marked column."""
    findings = found(rule)

    assert len(findings) == (2 if rule in TWINS else 1)
    assert all(finding.sheet and finding.cell for finding in findings)


@pytest.mark.parametrize("rule", sorted(EXAMPLES))
def test_without_its_entry_the_example_is_not_found(rule):
    """Each rule is stated once: taking its entry away loses its finding and is noticed here."""
    suites = {name: dict(suite) for name, suite in SUITES.items()}
    for suite in suites.values():
        suite["expectations"] = [entry for entry in suite["expectations"] if entry["meta"]["rule"] != rule]

    assert found(rule, Checker(MADE_PLAN, FORM, WEEKS, Gate(suites))) == []


def test_great_expectations_finds_every_example_too():
    """One statement of every rule, two executors: what the light gate finds, the record finds at the same cells."""
    frames, gate = {}, set()
    for number, rule in enumerate(sorted(EXAMPLES), start=1):
        result = check(*EXAMPLES[rule])
        frames[number] = result.frames
        gate |= {replace(spot, return_id=number) for spot in result.spots}

    recorded = ExpectationsRecord(SUITES).validate(frames, CHECKER.parameters)
    counts = {name: count for table in recorded.summary["tables"].values() for name, count in table["rules"].items()}

    assert disagreements(gate, recorded.spots) == ()
    assert sorted(name for name, count in counts.items() if count["violations"]) == sorted(RULES)


def test_clean_rows_give_no_finding():
    """The row that the examples change is clean itself, alone and beside its last state."""
    assert check(book()).checked.findings == ()
    assert check(book(), {"EA-001": known()}).checked.findings == ()


def test_the_cover_is_judged_by_rules_too():
    """F04 to F07 stand in expectations/cover.json like every other rule on values."""
    assert {rule.code for rule in RULES.values() if rule.table == COVER} == {"F04", "F05", "F06", "F07"}
