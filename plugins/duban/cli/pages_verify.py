"""The page of `duban verify`."""

import typer

from duban.core import verify_texts as texts
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
