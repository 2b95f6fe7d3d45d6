"""待部门: what an office has put to departments and waits for, as its letters tell it (domain.md §4 D-n)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from duban.core.figures import Figures
from duban.core.matters import DEPARTMENT_RULE, OwedMatter
from duban.core.wording import listed

Waiting = Callable[[str, datetime], Sequence[OwedMatter]]
"""The matters of an office that wait for a department at an instant."""


def nothing_waits(_office: str, _as_of: datetime) -> Sequence[OwedMatter]:
    """Where nobody keeps matters."""
    return ()


def waiting_fields(matters: Sequence[OwedMatter], figures: Figures) -> dict[str, str]:
    """The departments, and how many matters are open with them; empty texts when there is none."""
    if not matters:
        return {"waiting": "", "waiting_count": ""}
    return {
        "waiting": listed(dict.fromkeys(owed.matter.department for owed in matters)),
        "waiting_count": counted(matters, figures),
    }


def counted(matters: Sequence[OwedMatter], figures: Figures) -> str:
    """How many matters there are, as a figure that leads to the returns that put them."""
    returns = sorted({owed.matter.return_id for owed in matters})
    return figures.add("departments.matters", str(len(matters)), DEPARTMENT_RULE, returns)
