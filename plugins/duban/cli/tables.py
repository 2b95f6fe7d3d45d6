"""How tables and instants look in the terminal: eighty columns hold a district's offices."""

from datetime import datetime

from rich.box import SIMPLE_HEAD
from rich.table import Table

from duban.core.weeks import ZONE


def new_table(title: str | None = None) -> Table:
    """An empty table without a frame."""
    return Table(
        title=title,
        title_style="bold",
        title_justify="left",
        caption_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )


def moment(instant: datetime) -> str:
    """The minute in Beijing, with its year: plans run for years."""
    return f"{instant.astimezone(ZONE):%Y-%m-%d %H:%M}"
