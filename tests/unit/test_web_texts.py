"""The words of the board's pages."""

import re
from pathlib import Path

import pytest

from duban.web.texts import of

TEMPLATES = Path(__file__).parents[2] / "plugins" / "duban" / "web" / "templates"
WORD = re.compile(r"\bt\.([a-z][a-z_0-9]*)")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_that_a_page_asks_for_is_there(language: str) -> None:
    """A page that lacks one is an error for whoever opens it."""
    words = {word for page in TEMPLATES.glob("*.html") for word in WORD.findall(page.read_text("utf-8"))}

    assert len(words) > 50
    assert {word for word in words if not hasattr(of(language), word)} == set()
