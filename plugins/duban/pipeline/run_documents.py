"""Runs and their steps as plain documents: what `duban runs --json` prints."""

from duban.core.step_runs import Run, StepRun
from duban.core.weeks import ZONE
from duban.pipeline.documents import Document


def run_document(run: Run) -> Document:
    """One run: its outcome, and every attempt at its steps."""
    return {
        "dag": run.dag,
        "run": run.run,
        "as_of": run.as_of.astimezone(ZONE).isoformat(),
        "ended_at": run.ended_at.astimezone(ZONE).isoformat(),
        "outcome": run.outcome.value,
        "steps": [_step(step) for step in run.steps],
    }


def _step(step: StepRun) -> Document:
    """`part` is None of a step that is not done in parts; `seconds` is what it took."""
    return {
        "step": step.step,
        "part": None if step.part < 0 else step.part,
        "attempt": step.attempt,
        "began_at": step.began_at.astimezone(ZONE).isoformat(),
        "ended_at": step.ended_at.astimezone(ZONE).isoformat(),
        "seconds": round(step.took.total_seconds(), 3),
        "outcome": step.outcome.value,
        "error": step.error or None,
    }
