"""docs/glossary.md explains every word that users or engineers meet in code, files and papers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from duban.adapters.planfile.schema import PlanFile
from duban.core.addressees import Channel
from duban.core.assessment import Light, State
from duban.core.checked import Status, Verdict
from duban.core.delivery import DeliveryState
from duban.core.findings import FindingClass
from duban.core.papers import PaperKind, PaperState
from duban.core.plan import Evidence, Owner
from duban.core.returns import ReturnKind, declare_form

GLOSSARY = (Path(__file__).resolve().parents[2] / "docs" / "glossary.md").read_text("utf-8")


def words() -> Iterator[str]:
    for kind in (
        State,
        Light,
        Status,
        Verdict,
        PaperKind,
        PaperState,
        Evidence,
        Owner,
        FindingClass,
        Channel,
        DeliveryState,
    ):
        yield from (f"`{member.value}`" for member in kind)
    yield from ReturnKind
    yield from (f"`{section}`" for section in PlanFile.model_fields)
    form = declare_form((), ())
    for column in (*form.cover, *form.reasons.columns, *(column for table in form.tables for column in table.columns)):
        yield column.header
        yield f"`{column.key}`"


@pytest.mark.parametrize("word", sorted(set(words())))
def test_the_glossary_has_the_word(word: str) -> None:
    """A new state, paper, column or section of the plan brings its line."""
    assert word in GLOSSARY
