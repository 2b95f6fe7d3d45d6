"""The one table of messages: every code of the contract is there, and every message says where, what, and the mend."""

import re
import string

import pytest

from duban.adapters.workbook import texts
from duban.core.findings import Finding
from duban.core.messages import EXPECTED, FOUND, WORDINGS, message, shorten
from duban.core.rules import parse
from fakes.made_returns import SUITES, book, check, known, told

CODES = {
    *(f"F{n:02d}" for n in range(1, 11)),
    *(f"R{n:02d}" for n in range(1, 13)),
    *(f"B{n:02d}" for n in (1, 2, 3, 5, 6)),
    *(f"C{n:02d}" for n in range(1, 12)),
}


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_code_of_the_contract_has_its_message():
    """returns.md, "Findings"; class D is ours to number."""
    assert {code for code in WORDINGS if code[0] != "D"} == CODES


def test_no_mend_is_there_for_nothing():
    """Each key of EXPECTED belongs to a code, and a longer one to a rule or to code that names it."""
    assert {key.partition(".")[0] for key in EXPECTED} == set(WORDINGS)


@pytest.mark.parametrize("code", sorted(WORDINGS))
def test_a_message_says_what_to_do(code):
    """The mend is part of every message; a message is one or two sentences that end."""
    text = WORDINGS[code].text

    assert "{expected}" in text
    assert text.endswith("。")
    assert fields(text) <= {"where", "found", "expected"}


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ("身份证41010519900101123X", "身份证410105********123X"),
        ("４１０１０５１９９００１０１１２３４", "410105********1234"),
        ("电话13812345678、037112345678", "电话138****5678、037112345678"),
        ("合同号201800001234567890123", "合同号201800001234567890123"),
        ("12", "12"),
    ],
)
def test_a_message_repeats_no_number_of_an_identity_card_or_a_mobile_telephone(text, repeated):
    """What is not needed to find the cell is not spread any further (B-130)."""
    assert shorten(text) == repeated


def test_a_message_names_sheet_cell_and_compound():
    """Where, what was found, what to do."""
    [finding] = told(check(book(work=[{"households": "约三百"}])))

    assert message(finding) == "《工作台账》G2（EA-001）填写“约三百”，无法识别。请改正，居民户数应为1—30000 的整数。"


LONGEST = 80


def test_a_mend_is_short_and_says_what_to_do():
    """A clerk reads it in the comment of a cell; one that asks for nothing says so."""
    assert [key for key, text in EXPECTED.items() if len(text) > LONGEST] == []
    assert [key for key, text in EXPECTED.items() if "请" not in text and "无需" not in text] == []


def test_what_was_found_in_a_file_leaves_the_mend_to_the_message():
    """It is followed by one: said twice it would contradict itself."""
    found = [text for name, text in vars(texts).items() if name.isupper()]
    assert [text for text in found if "报送" in text or "后再报" in text or text.endswith("。")] == []


def test_what_was_written_in_the_wrong_column_is_sent_to_the_right_one():
    """老旧小区 is no 小区类型 but a column of its own."""
    [finding] = told(check(book(work=[{"kind": "老旧小区"}])))

    assert "请改填“老旧小区”列" in message(finding)


def test_a_comparison_names_what_stood_last_week():
    """Without it the clerk would have to look for the old file."""
    [finding] = told(check(book(work=[{"buildings": 20}]), {"EA-001": known()}))

    assert finding.found == "20（上次为10）"


def test_a_long_text_is_not_repeated_in_full():
    """Five million characters in one cell are not sent back."""
    assert len(shorten("长" * 5_000_000)) == 61


def test_a_cell_is_repeated_as_it_stands_whatever_it_says():
    """Braces are no fields, a formula stays text."""
    finding = Finding("R02", "工作台账", "D2", None, "{found}=SUM(A1)", "{0}", "kind", 2)

    assert "{found}=SUM(A1)" in message(finding)


def test_no_message_of_any_rule_leaves_a_field_open():
    """Whatever a rule's mend asks for is filled."""
    open_field = re.compile(r"\{\w+\}")
    known_fields = {
        *("header", "domain", "other", "twins", "office", "cutoff", "cutoff_year", "plan_start"),
        *("offices", "first_day", "example", "folder", "limit", "project_due", "until", "reason"),
    }

    assert {name for text in EXPECTED.values() for name in fields(text)} <= known_fields
    assert not any(open_field.search(rule.entry["description"]) for rule in parse(SUITES))
    assert all(fields(text) for key, text in FOUND.items() if key != "F09.empty")
