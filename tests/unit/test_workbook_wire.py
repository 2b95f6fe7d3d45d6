"""What goes through the pipe between reader and child."""

import io
import pickle
from datetime import date, datetime, time, timedelta

import pytest

from duban.adapters.workbook.wire import Answer, dump_answer, load_answer, read_frame, write_frame
from duban.core.sheets import Area, RawBook, RawSheet

NOON = datetime(2018, 9, 1, 12)  # noqa: DTZ001 - cells know no time zone
VALUES = (None, "a", 1, 1.5, True, date(2018, 9, 1), NOON, time(1), timedelta(1))
SHEET = RawSheet("甲", (VALUES,), hidden_rows=frozenset({0}), faults={(0, 0): "#N/A"}, merged=(Area(0, 0, 1, 0),))
BOOK = RawBook("xlsx", (SHEET,))


def test_a_book_comes_out_as_it_went_in() -> None:
    """Every kind of value a cell may have."""
    assert load_answer(dump_answer(Answer.BOOK, BOOK)) == ("book", BOOK)


def test_nothing_but_books_comes_through() -> None:
    """A child taken over by a file can make its reader run nothing."""
    for foreign in (pickle.dumps(("book", io.BytesIO)), b"cos\nsystem\n(S'true'\ntR."):
        with pytest.raises(pickle.UnpicklingError):
            load_answer(foreign)


def test_a_frame_that_breaks_off_or_is_too_long_is_the_end() -> None:
    """EOFError, never half an answer and never more memory than agreed."""
    stream = io.BytesIO()
    write_frame(stream, b"12345")
    assert read_frame(io.BytesIO(stream.getvalue())) == b"12345"
    for broken in (b"", stream.getvalue()[:-1], stream.getvalue()[:3]):
        with pytest.raises(EOFError):
            read_frame(io.BytesIO(broken))
    with pytest.raises(EOFError):
        read_frame(io.BytesIO(stream.getvalue()), longest=4)
