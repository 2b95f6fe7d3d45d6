"""Tables as text: encodings and separators (returns.md; faults.md B-47 … B-61)."""

import pytest

from duban.adapters.workbook import texts
from duban.adapters.workbook.separated import read_separated
from duban.core.errors import UnreadableReturnError

HEADER = ("序号", "小区编号", "小区名称")
ROWS = (HEADER, ("1", "MH-001", "明湖花园"))
TEXT = "序号,小区编号,小区名称\n1,MH-001,明湖花园\n"


def rows_of(content: bytes) -> tuple[tuple[object, ...], ...]:
    (sheet,) = read_separated(content).sheets
    return sheet.rows


def refusal(content: bytes) -> UnreadableReturnError:
    with pytest.raises(UnreadableReturnError) as refused:
        read_separated(content)
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_every_encoding_that_offices_use(encoding: str) -> None:
    """UTF-8 with or without BOM, GB18030/GBK, UTF-16 (B-47, B-49, B-50)."""
    assert rows_of(TEXT.encode(encoding)) == ROWS


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["未开始", "一二三里", "\u3000\u3000花园", "𠮷祥里", "，，，，，开，"])
def test_characters_with_a_zero_byte_do_not_hide_utf16_without_a_mark(encoding: str, name: str) -> None:
    """开 is U+5F00 and 一 U+4E00: their zero bytes stand on the other side than those of line ends and commas."""
    text = f"序号,小区编号,小区名称\n1,MH-001,{name}\n"
    assert rows_of(text.encode(encoding)) == rows_of(text.encode())


def test_rare_characters_of_gb18030_survive() -> None:
    """gbk cannot hold them, GB18030 can (B-48)."""
    content = "序号,小区编号,小区名称\n1,MH-001,𠮷祥里\n".encode("gb18030")
    assert rows_of(content)[1][2] == "𠮷祥里"


@pytest.mark.parametrize("separator", ["\t", ",", ";", "，"])
def test_the_separator_is_seen_from_the_lines_themselves(separator: str) -> None:
    """Tab, comma, semicolon, full-width comma (B-53)."""
    assert rows_of(TEXT.replace(",", separator).encode()) == ROWS


def test_titles_and_commas_in_prose_do_not_decide_the_separator() -> None:
    """A table separated by tabs may be full of commas."""
    text = "明湖办事处，周报\n序号\t小区编号\t备注\n1\tMH-001\t路灯，楼道，围墙，大门，绿化\n"
    assert rows_of(text.encode())[1] == ("序号", "小区编号", "备注")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_ends_a_line_and_quotes_keep_one_in(ending: str) -> None:
    """B-58."""
    text = f'序号,小区编号,备注{ending}1,MH-001,"一{ending}二"{ending}'
    assert rows_of(text.encode()) == (("序号", "小区编号", "备注"), ("1", "MH-001", "一\n二"))


def test_blank_lines_keep_the_numbers_of_the_lines_below_true() -> None:
    """Line 3 of the file is row 3 of the sheet."""
    assert rows_of(f"\n\n{TEXT}".encode())[2] == HEADER


def test_surplus_separators_at_the_end_of_lines_shift_nothing() -> None:
    """B-55."""
    assert rows_of("序号,小区编号,小区名称,\n1,MH-001,明湖花园,\n".encode()) == ROWS


def test_nothing_is_taken_for_a_number_or_a_missing_value() -> None:
    """Own coercion only: 00123, NA and TRUE stay what was written (faults.md, finding 7)."""
    assert rows_of(b"a,b,c,d\n00123,NA,TRUE,1E5\n")[1] == ("00123", "NA", "TRUE", "1E5")


def test_half_utf8_and_half_gbk_is_refused_and_not_read_as_something_else() -> None:
    """GB18030 accepts most UTF-8 as nonsense (B-51)."""
    mixed = "序号,小区编号,小区名称\n".encode() + "1,MH-001,明湖花园小区\n".encode("gbk")
    assert refusal(mixed).found == texts.ENCODING


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\xef\xbb\xbf", texts.BLANK_TEXT),
        (b" \n\t\n", texts.BLANK_TEXT),
        ("你好，世界。\n今天无事。\n".encode(), texts.NOT_A_TABLE),
        (b'a,b,c\n1,2,"x\n', texts.QUOTES),
        (b"a,b,c\n1,2," + b"x" * 6_000_000, texts.QUOTES),
        (b"a,b,c\n1,\x00\x00,3\n", texts.UNKNOWN),
        (b"a,b,c\n1,\x00,3\n", texts.UNKNOWN),
        (b"a,b,c\n12,\x00,3\n", texts.UNKNOWN),
        ("序号,编号,名\0称\n".encode("utf-16"), texts.ZERO_CHARACTERS),
        (bytes(range(256)) * 9, texts.UNKNOWN),
        (b"\x80\xff\x81," * 9, texts.UNKNOWN),
    ],
)
def test_what_is_no_table_is_refused_and_named(content: bytes, found: str) -> None:
    """F01 with what it is (B-52, B-57, B-59, B-60)."""
    refused = refusal(content)
    assert (refused.code, refused.found) == ("F01", found)


def test_more_than_50000_filled_lines_are_too_many() -> None:
    """F08; blank lines do not count."""
    assert len(rows_of(b"1,2,3\n" * 50_000 + b"\n" * 9_000)) == 59_000
    assert refusal(b"1,2,3\n" * 50_001).code == "F08"
