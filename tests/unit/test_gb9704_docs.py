"""docs/gb9704.md is written from the tables of checks and mutations.

`DUBAN_ACCEPT_GOLDEN=1` writes it anew; read the difference before committing it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from duban.adapters.gb9704 import RULES
from duban.core.conformance import Rule
from fakes.gb9704_mutations import AGAINST_FACTS, IN_THE_FILE, ODD_PAGES, ON_THE_PAGES, Mutation

PAGE = Path(__file__).parents[2] / "docs" / "gb9704.md"
MARK = "<!-- generated from here on -->\n"
NEEDS = {"xml": "file", "pdf": "pages", "ink": "ink", "facts": "facts"}


def mutations_of(rule: Rule) -> list[Mutation]:
    return [
        mutation for mutation in (*IN_THE_FILE, *ON_THE_PAGES, *AGAINST_FACTS, ODD_PAGES) if mutation.check == rule.id
    ]


def proof(mutation: Mutation) -> str:
    also = f"（also {', '.join(mutation.also)}）" if mutation.also else ""
    name = "" if mutation.base.name == "通知" else f"{mutation.base.name}："
    return f"{name}{mutation.what}{also}"


def table() -> Iterator[str]:
    yield "| id | clause | strength | level | check | looks at | a paper with this must fail it |"
    yield "|---|---|---|---|---|---|---|"
    for rule in RULES:
        needs = ", ".join(NEEDS[need] for need in rule.needs) or "a person"
        proofs = "; ".join(dict.fromkeys(proof(mutation) for mutation in mutations_of(rule)))
        told = proofs or "–"
        cells = (rule.id, rule.clause, rule.strength, rule.level, rule.title, needs, told)
        yield f"| {' | '.join(cells)} |"


def test_the_page_shows_every_check_and_its_proof() -> None:
    """As the tables stand today."""
    written = PAGE.read_text("utf-8")
    head, _, _ = written.partition(MARK)
    current = head + MARK + "\n".join(table()) + "\n"
    if os.environ.get("DUBAN_ACCEPT_GOLDEN") == "1":
        PAGE.write_text(current, encoding="utf-8")
    assert PAGE.read_text("utf-8") == current
