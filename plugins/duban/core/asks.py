"""修改要求: what the bureau asks an office to change in a return, with who, when and why."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `table` is a table's key; where it and `compound` are None the whole return is meant.

    The return stays accepted meanwhile. `answered_by` is the first return with rows that counted after it, for that
    week or a later one; None while there is none, and while the ask is not recorded `ask_id` is 0.
    """

    return_id: int
    reason: str
    by: str
    asked_at: datetime
    table: str | None = None
    compound: str | None = None
    ask_id: int = 0
    answered_by: int | None = None
