"""Receipts 签收、回执: the code that a notice carries, and what its recipient sends back (domain.md §4 A, §6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from duban.core.assessment import ObligationStatus
from duban.core.facts import OfficeFacts
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.plan import ObligationRule
from duban.core.since import Since
from duban.core.standing import Case, Proof, owed_within, stand
from duban.core.weeks import ZONE

CARRIES_CODE = (PaperKind.URGE, PaperKind.SUPERVISE)
"""Kinds of notice whose recipient confirms that he has them."""

# Letters alone, so that no code reads as a figure; without I, O and Q, which are taken for others. Their number is a
# prime, so that one wrong letter and two that changed places are always seen.
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
LENGTH = 7


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a recipient has a paper. `reply` is what he answers, `sha256` the file that he sent (None: neither)."""

    paper_id: int
    by: str
    at: datetime
    reply: str | None = None
    sha256: str | None = None


def receipt_code(plan: str, paper: PaperRecord | PaperContent) -> str:
    """The code of a notice, the same whenever it is drafted: seven letters and a check letter, KTBM-WXZA."""
    key = (plan, paper.kind.value, paper.office or "", paper.as_of.astimezone(ZONE).isoformat(), *paper.items)
    number = int.from_bytes(sha256("/".join(key).encode()).digest())
    letters = "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(LENGTH))
    whole = letters + _check_letter(letters)
    return f"{whole[:4]}-{whole[4:]}"


def _check_letter(letters: str) -> str:
    return LETTERS[sum(weight * LETTERS.index(letter) for weight, letter in enumerate(letters, 2)) % len(LETTERS)]


def read_code(text: str) -> str | None:
    """A code as it is printed, however it was typed; None when it cannot be one."""
    letters = "".join(char for char in text.upper() if char.isalpha() and char.isascii())
    if len(letters) != LENGTH + 1 or any(letter not in LETTERS for letter in letters):
        return None
    return f"{letters[:4]}-{letters[4:]}" if _check_letter(letters[:-1]) == letters[-1] else None


def replies(case: Case, rule: ObligationRule, facts: OfficeFacts) -> Iterator[ObligationStatus]:
    """One obligation a delivered 督办 notice, named by its paper: A-n; met by the first reply that came."""
    for notice in facts.notices:
        day = notice.delivered_at.astimezone(ZONE).date()
        owed = owed_within(case, rule, str(notice.paper_id), facts.office, day)
        yield stand(case, owed, Proof(Since(notice.replied_at) if notice.replied_at else None))
