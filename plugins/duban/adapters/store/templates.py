"""From which base document a paper was made: written in the transaction that registers or signs it."""

from collections.abc import Callable

from sqlalchemy import Connection

from duban.adapters.store.statements import statement
from duban.core.papers import PaperKind, PaperState

INSERT_PAPER_TEMPLATE = statement("insert_paper_template")

TemplateOf = Callable[[PaperKind], str]
"""A kind's base document as it stands now, by its sha-256."""


def remember(
    connection: Connection, plan: str, paper_id: int, kind: PaperKind, stage: PaperState, template_of: TemplateOf | None
) -> None:
    """Write down the template of a paper that is drafted or signed just now; without `template_of` nothing."""
    if template_of is not None:
        values = {"plan": plan, "paper_id": paper_id, "stage": stage.value, "sha256": template_of(kind)}
        connection.execute(INSERT_PAPER_TEMPLATE, values)
