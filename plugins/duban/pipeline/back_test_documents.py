"""What a back-test found, as plain documents and as the alert of a night."""

from collections.abc import Sequence
from datetime import datetime

from duban.core import back_test_texts as texts
from duban.core.alerts import Alert
from duban.core.weeks import ZONE
from duban.pipeline.back_test import BackTested
from duban.pipeline.documents import Document, paper_document

TOLD = 20


def back_test_document(tested: BackTested) -> Document:
    """One paper: what holds, what does not, and the 更正 draft that was opened."""
    return {
        "paper": paper_document(tested.paper),
        "holds": tested.holds,
        **{part: outcome.value for part, outcome in tested.outcomes.items()},
        "changed": [{"key": one.key, "printed": one.printed, "again": one.again} for one in tested.changed],
        "error": tested.error or None,
        "correction": tested.correction.id if tested.correction else None,
    }


def paper_line(tested: BackTested) -> str:
    """One paper in one line."""
    paper = tested.paper
    return texts.PAPER.format(
        id=paper.id,
        number=paper.number or "",
        title=paper.title,
        as_of=paper.as_of.astimezone(ZONE),
        outcomes="、".join(
            texts.OUTCOME.format(part=texts.PARTS[part], outcome=texts.OUTCOMES[outcome])
            for part, outcome in tested.outcomes.items()
        ),
    )


def back_test_alert(found: Sequence[BackTested], as_of: datetime) -> Alert | None:
    """What a person must look at; None when every paper holds."""
    off = [tested for tested in found if not tested.holds]
    if not off:
        return None
    lines = [paper_line(tested) for tested in off[:TOLD]]
    if len(off) > TOLD:
        lines.append(texts.MORE.format(count=len(off) - TOLD))
    text = texts.ALERT_TEXT.format(papers="\n".join(lines))
    return Alert("back-test", texts.ALERT.format(count=len(off)), text, as_of)
