"""Whatever bytes arrive: they are read or refused, judged, accounted for and told; no error but our own is raised."""

import logging
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.making import csvs, made, ods, packed, parts_of, xls, xlsb, xlsx
from duban.adapters.store.encoding import storable
from duban.adapters.workbook import WorkbookReader
from duban.core.csv_folder import pack, unpack
from duban.core.errors import UnreadableReturnError
from duban.core.layout import lay_out
from duban.core.messages import message
from duban.core.sheets import RawBook
from duban.pipeline.csv_folders import ReturnReader
from fakes.made_returns import FORM, check

FOLDER = "EA/2018-09-07/"
RAW = made(
    "EA", activities=[{}, {"held_on": "2018年9月1日"}], reasons=[{"code": "B02", "reason": "确系连片平房共四户"}]
)
FILES: Mapping[str, bytes] = {
    "EA/a.xlsx": xlsx(RAW),
    "EA/a.xls": xls(RAW),
    "EA/a.ods": ods(RAW),
    "EA/a.xlsb": xlsb(RAW),
    FOLDER: pack(csvs(RAW, "gb18030")),
}
INTERESTING = st.sampled_from([
    b"\0",
    b"\xff",
    b"<",
    b"&",
    b'"',
    b">",
    b",",
    b"\n",
    b"-1",
    b"9" * 30,
    b"/>",
    b"\xef\xbb\xbf",
])
EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 8), st.one_of(st.binary(max_size=6), INTERESTING)),
    min_size=1,
    max_size=6,
)


class Complaints(logging.Handler):
    """What the reader says of files that brought out a fault of ours."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


@pytest.fixture(scope="module")
def reader() -> Iterator[ReturnReader]:
    with WorkbookReader() as opened:
        yield ReturnReader(opened, FORM)


@pytest.fixture(scope="module")
def complaints() -> Iterator[Complaints]:
    handler = Complaints()
    logger = logging.getLogger("duban")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


def edited(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """The content with some bytes cut out and others put in their place."""
    for place, cut, put in edits:
        start = int(place * len(content))
        content = content[:start] + put + content[start + cut :]
    return content


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, bytes]:
    """A good file with its bytes edited, or those of one of its parts, or cut off."""
    name = draw(st.sampled_from(sorted(FILES)))
    content, edits = FILES[name], draw(EDITS)
    if name == FOLDER:
        members = unpack(content)
        member = draw(st.sampled_from(sorted(members)))
        return name, pack(members | {member: edited(members[member], edits)})
    if draw(st.booleans()) and not name.endswith(".xls"):
        parts = parts_of(content)
        part = draw(st.sampled_from(sorted(parts)))
        return name, packed({**parts, part: edited(parts[part], edits)})
    if draw(st.integers(0, 3)) == 0:
        return name, content[: int(draw(st.floats(0, 1)) * len(content))]
    return name, edited(content, edits)


def lines_of(book: RawBook) -> list[tuple[str, int]]:
    """Every line of every table that holds anything, but for its headers."""
    tables = lay_out(book, FORM).tables
    data = [(key, row.row) for key, table in tables.items() for row in table.rows]
    return data + [(key, line) for key, table in tables.items() for line, reason in table.ignored if reason != "header"]


@given(file=spoiled())
@settings(max_examples=max(300, settings().max_examples), suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_read_or_refused_and_every_row_is_accounted_for(
    reader: ReturnReader, complaints: Complaints, file: tuple[str, bytes]
) -> None:
    """Through the reader's child, the layout and the gate; every message can be told and stored."""
    [(_, book)] = reader.read_all([file])

    assert complaints.told == []
    if isinstance(book, UnreadableReturnError):
        assert book.code in {"F01", "F08"}
    checked = check(book).checked
    lines = lines_of(book) if isinstance(book, RawBook) else []
    assert sorted((row.table, row.row) for row in checked.rows) == sorted(lines)
    assert all(message(finding) for finding in checked.findings)
    assert "\0" not in "".join(storable(finding.found) for finding in checked.findings)


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_good_files_that_are_spoiled_are_good(reader: ReturnReader, name: str) -> None:
    """Otherwise nothing would be proved."""
    [(_, book)] = reader.read_all([(name, FILES[name])])
    assert isinstance(book, RawBook)
    assert check(book).checked.status == "accepted"
