"""Rows filled in together: whatever they hold, the text is the one that Jinja gives value by value."""

import io
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.adapters.word import rows as quick
from duban.adapters.word.paper import BasePaper, Column
from duban.adapters.word.prepared import PreparedFilling
from duban.adapters.word.reference import DocxtplFilling
from duban.adapters.word.rows import OtherRowsError, rows_filled
from duban.core.errors import InternalError
from duban.core.figures import FigureText, phrase
from fakes.every_paper import contents
from golden.test_word_prepared import TEMPLATES, fields, made

NAMED = ("{{ loop.index }}", "{{ row.a }}", "{{ row.b }}", "{{ row.a }}")
PLACED = ("{{ row[0] }}", "{{ row[1] }}")

TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["", "　全角", "甲\n乙", "&amp;", "<w:t></w:t>", "{{ 甲 }}", "%s", "\x00", "\ufdd0", "甲\t乙"]),
)
VALUES = st.one_of(
    TEXTS,
    st.integers(),
    st.builds(FigureText.of, TEXTS, st.just("key")),
    st.builds(lambda text: phrase("共", FigureText.of(text, "key"), "处"), TEXTS),
)
ROWS = st.lists(st.fixed_dictionaries({"a": VALUES, "b": VALUES}), max_size=7)


def table(*cells: str) -> PreparedFilling:
    """A base document with a table of such rows."""
    paper, target = BasePaper("表"), io.BytesIO()
    paper.table(tuple(Column("列", 15, cell) for cell in cells), "row", "rows")
    paper.document().save(target)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.docx"
        path.write_bytes(target.getvalue())
        prepared = PreparedFilling(path)
        assert prepared.possible
        assert prepared.fill({"rows": []}).body
    return prepared


BY_NAME, BY_PLACE = table(*NAMED), table(*PLACED)


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few rows make several chunks."""
    monkeypatch.setattr(quick, "AT_ONCE", 3)


@given(ROWS)
def test_rows_filled_in_together_are_those_that_jinja_prints(found: list[dict[str, object]]) -> None:
    """Texts of all kinds, figures, phrases, counters; rows by name and by place; as many as there are."""
    listed = {"rows": [list(row.values()) for row in found]}

    assert BY_NAME.fill({"rows": found}).body == BY_NAME.by_jinja_alone({"rows": found})
    assert BY_PLACE.fill(listed).body == BY_PLACE.by_jinja_alone(listed)


@pytest.mark.parametrize("kind", sorted(contents()))
def test_every_base_document_that_we_ship_comes_out_as_jinja_alone_prints_it(kind: str) -> None:
    """With the papers' own content, and with each list of it as long as several chunks."""
    prepared = PreparedFilling(TEMPLATES / f"{kind}.docx")
    given_fields = fields(next(one for one in contents() if one == kind))
    long = {name: value * 5 if isinstance(value, list) else value for name, value in given_fields.items()}

    assert prepared.fill(given_fields).body == prepared.by_jinja_alone(given_fields)
    assert prepared.fill(long).body == prepared.by_jinja_alone(long)


def test_plain_rows_are_filled_in_together() -> None:
    """None of the above would tell if all of it were left to Jinja."""
    [rows] = rows_filled([{"a": "甲"}, {"a": ""}], (b'<w:p><w:t xml:space="preserve">', b"</w:t></w:p>"), ("a",))

    assert rows.written.decode() == (
        '<w:p><w:t xml:space="preserve">甲</w:t></w:p><w:p><w:t xml:space="preserve"/></w:p>'
    )
    assert "rows_filled" in str(quick.Quickened().visit(BY_NAME.parsed()))


@given(st.integers(0, 8))
def test_where_rows_turn_out_to_be_for_jinja_alone_it_goes_on_where_they_ended(plain: int) -> None:
    """What was packed already is not packed again."""
    found = [*({"a": "甲", "b": "乙"} for _ in range(plain)), Row()]

    assert BY_NAME.fill({"rows": found}).body == BY_NAME.by_jinja_alone({"rows": found})


class Row:
    """A row that is neither a dictionary nor a list."""

    a = b = "甲"


@pytest.mark.parametrize(
    "found",
    [
        ({"a": "甲", "b": "乙"} for _ in range(2)),
        [Row()],
        {"a": {"a": "甲", "b": "乙"}}.values(),
    ],
    ids=["a generator", "objects", "a view"],
)
def test_other_rows_are_left_to_jinja(found: Any) -> None:
    """They come out all the same."""
    given_rows = list(found)
    with pytest.raises(OtherRowsError):
        list(rows_filled(iter(given_rows), (b"", b""), ("a",)))

    assert BY_NAME.fill({"rows": given_rows}).body == BY_NAME.by_jinja_alone({"rows": given_rows})


@pytest.mark.parametrize("value", [None, 1.5, True, ["甲"]], ids=repr)
def test_what_is_no_text_is_an_error_in_rows_too(value: object) -> None:
    """The same as anywhere else."""
    with pytest.raises(InternalError, match="prints texts"):
        _ = BY_NAME.fill({"rows": [{"a": "甲", "b": value}]}).body


@pytest.mark.parametrize(
    "row", ["{{ row.a }}{{ other }}", "{{ row.a }}{% if row.b %}甲{% endif %}", "{{ row.a|upper }}", "{{ row.items }}"]
)
def test_a_loop_that_prints_more_than_values_of_its_row_stays_jinjas(tmp_path: Path, row: str) -> None:
    """And gives what docxtpl gives."""
    path = made(tmp_path / "made.docx", "{%p for row in rows %}", row, "{%p endfor %}")
    prepared = PreparedFilling(path)
    values: Mapping[str, Any] = {"rows": [{"a": "a", "b": "乙", "items": "丁"}], "other": "丙"}

    assert prepared.possible
    assert "rows_filled" not in str(quick.Quickened().visit(prepared.parsed()))
    if "items" not in row:
        assert prepared.fill(values).body == DocxtplFilling(path).fill(values).body


def test_a_loop_within_a_text_stays_jinjas(tmp_path: Path) -> None:
    """Its text may be empty, which only who sees the element around it can tell."""
    path = made(tmp_path / "made.docx", "{% for row in rows %}{{ row.a }}{% endfor %}")
    prepared = PreparedFilling(path)

    assert "rows_filled" not in str(quick.Quickened().visit(prepared.parsed()))
    assert prepared.fill({"rows": []}).body == DocxtplFilling(path).fill({"rows": []}).body
