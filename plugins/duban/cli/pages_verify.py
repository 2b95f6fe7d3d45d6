"""The pages of `duban verify` and `duban back-test`."""

from collections.abc import Sequence

import typer

from duban.core import back_test_texts as back
from duban.core import verify_texts as texts
from duban.pipeline.back_test import BackTested, Outcome
from duban.pipeline.back_test_documents import paper_line
from duban.pipeline.verify import Verification


def show_verification(found: Verification) -> None:
    """What was looked at, every defect on a line, and the end of the chain."""
    entries, digest = found.end
    typer.echo(
        texts.SEEN.format(
            archived=found.archived,
            entries=entries,
            numbers=found.numbers,
            papers=found.papers,
            returns=found.returns,
        )
    )
    typer.echo(texts.UNSOUND.format(defects=len(found.defects)) if found.defects else texts.SOUND)
    for defect in found.defects:
        typer.echo(f"  {texts.CHECKS[defect.check]}：{defect.text}")
    if found.warnings:
        typer.echo(texts.WARNED.format(warnings=len(found.warnings)))
    for warning in found.warnings:
        typer.echo(f"  {texts.CHECKS[warning.check]}：{warning.text}")
    typer.echo(texts.END.format(entries=entries, digest=digest))


def show_back_test(found: Sequence[BackTested]) -> None:
    """Each paper on a line, below it every figure that changed and the 更正 draft that was opened."""
    for tested in found:
        typer.echo(paper_line(tested))
        if tested.error:
            parts = [back.PARTS[part] for part, outcome in tested.outcomes.items() if outcome is Outcome.FAILED]
            typer.echo(back.FAILED.format(part="、".join(parts), error=tested.error))
        for change in tested.changed:
            printed, again = change.printed or back.NOT_THERE, change.again or back.NOT_THERE
            typer.echo(back.FIGURE.format(key=change.key, printed=printed, again=again))
        if tested.correction is not None:
            typer.echo(back.CORRECTED.format(id=tested.correction.id))
    differing = sum(not tested.holds for tested in found)
    typer.echo(back.SEEN.format(papers=len(found), differing=differing) if found else back.NOTHING)
