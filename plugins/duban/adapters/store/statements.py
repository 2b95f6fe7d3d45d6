"""SQL by name: sql/<name>.sql, read when the module that uses it is loaded."""

from functools import cache
from pathlib import Path

from sqlalchemy import TextClause, text

FOLDER = Path(__file__).resolve().parents[4] / "sql"


@cache
def source(name: str) -> str:
    """The text of sql/<name>.sql; raises FileNotFoundError, so that a wrong name fails at start and not in use."""
    return (FOLDER / f"{name}.sql").read_text("utf-8")


def statement(name: str) -> TextClause:
    """The statement of that name, with its bound parameters."""
    return text(source(name))
