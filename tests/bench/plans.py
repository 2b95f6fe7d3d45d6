"""The plans by which the pages' statements are answered: docs/query-plans.md, written with each measurement of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy import Engine

from fakes.growing import without_comment
from fakes.pages import Asked

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "query-plans.md"
TOLD = "analyze, buffers, costs off, timing off, summary off"


def write(engine: Engine, size: str, pages: Mapping[str, Asked]) -> None:
    """Each statement once, with the pages that ask it and its plan on the values of the first of them."""
    asking: dict[str, list[str]] = defaultdict(list)
    first: dict[str, Mapping[str, object]] = {}
    for page, asked in pages.items():
        for statement, values in asked:
            first.setdefault(statement, values)
            if page not in asking[statement]:
                asking[statement].append(page)
    lines = [
        "# How the board's statements are answered",
        "",
        f"{size}; PostgreSQL's own account (`explain ({TOLD})`). `python -m bench pages` writes this page.",
        "",
    ]
    for statement, names in asking.items():
        lines += [f"## {_name(statement)}", "", f"Asked by {', '.join(names)}.", "", "```"]
        lines += [*_plan(engine, statement, first[statement]), "```", ""]
    PAGE.write_text("\n".join(lines), "utf-8")


def _name(statement: str) -> str:
    """The file of a statement, known by its first line, in which nothing is bound."""
    head = statement.splitlines()[0]
    files = (path for path in sorted((ROOT / "sql").glob("*.sql")) if path.read_text("utf-8").splitlines()[0] == head)
    return next((f"sql/{path.name}" for path in files), head)


def _plan(engine: Engine, statement: str, values: Mapping[str, object]) -> Iterator[str]:
    with engine.connect() as connection:
        asked = f"explain ({TOLD}) {without_comment(statement)}"
        for (line,) in connection.exec_driver_sql(asked, dict(values)):
            yield line[:200]
