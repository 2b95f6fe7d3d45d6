"""What a draft says is kept whole: the same paper can be composed from what was stored."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.adapters.word import DocxComposer
from duban.adapters.word.readback import lines_of
from duban.core.errors import InternalError
from duban.core.figures import FigureText, Phrase, joined, phrase
from duban.core.paper_json import decode, encode
from duban.core.papers import PaperContent, PaperKind
from duban.core.signing import signed_content
from duban.core.wording import date_text
from fakes.every_paper import contents

COMPOSER = DocxComposer(Path(__file__).parents[2] / "templates")
CONTENTS = contents()
SIGNED_ON = date(2018, 12, 29)
EMPTY = PaperContent(PaperKind.URGE, "", (), (), datetime(2018, 7, 30, tzinfo=UTC), {})


def shapes(value: object) -> object:
    """A value with the type of each of its parts: two texts that are equal may differ in being figures."""
    if isinstance(value, FigureText):
        return ("figure", value.key, str(value))
    if isinstance(value, Phrase):
        return ("phrase", [shapes(part) for part in value.parts])
    if isinstance(value, dict):
        return {key: shapes(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [shapes(inner) for inner in value]
    return (type(value).__name__, value)


@pytest.mark.parametrize("kind", CONTENTS)
def test_every_kind_of_paper_comes_back_as_it_was(kind: PaperKind) -> None:
    """Equal, with every figure still a figure and every phrase in its parts."""
    content = CONTENTS[kind]
    kept = decode(encode(content))

    assert shapes(dict(kept.fields)) == shapes(dict(content.fields))
    assert replace(kept, fields={}) == replace(content, fields={})


@pytest.mark.parametrize("kind", CONTENTS)
def test_the_signed_paper_is_composed_from_what_was_kept(kind: PaperKind) -> None:
    """With number and date in it, proved like any other paper; what has no number prints none."""
    content = CONTENTS[kind]
    number = str(content.fields["number"]).replace("〔待编〕", "9999")
    signed = signed_content(decode(encode(content)), number, "李四", SIGNED_ON)
    text = "\n".join(lines_of(COMPOSER.compose(signed)))

    assert number in text
    assert date_text(SIGNED_ON) in text
    assert "待编" not in text


def test_the_same_content_gives_the_same_bytes() -> None:
    """Of the paper with the most in it."""
    content = CONTENTS[PaperKind.WEEKLY_REPORT]

    assert COMPOSER.compose(decode(encode(content))) == COMPOSER.compose(content)


texts = st.text(st.sampled_from("甲a1“{&<\n\x00\udc80𠮷"), max_size=5)
figures = st.builds(FigureText.of, texts, st.sampled_from(["MH.rank", "figure", "phrase"]))
phrases = st.lists(st.one_of(texts, figures), max_size=3).map(lambda parts: phrase(*parts))
values = st.recursive(
    st.one_of(texts, figures, phrases, st.booleans(), st.integers()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)


@given(st.dictionaries(texts, values, max_size=3))
def test_any_fields_come_back(fields: dict[str, Any]) -> None:
    """Whatever texts a return brought into them, NUL and what a file name that is no UTF-8 leaves included."""
    kept = decode(encode(replace(EMPTY, fields=fields)))

    assert shapes(dict(kept.fields)) == shapes(fields)


def test_a_joined_list_keeps_its_parts() -> None:
    """As the papers' prose is put together."""
    text = joined("、", [FigureText.of("3", "a.b"), "无"])
    kept = decode(encode(replace(EMPTY, fields={"text": text}))).fields["text"]

    assert shapes(kept) == shapes(text)


def test_what_no_paper_prints_is_not_kept() -> None:
    """A float has no exact text."""
    with pytest.raises(InternalError, match=r"0\.1"):
        encode(replace(EMPTY, fields={"rate": 0.1}))
