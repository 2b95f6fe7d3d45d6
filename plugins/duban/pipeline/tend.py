"""The nightly round: the digest of a day, and what verification found, as alerts for the data team."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from duban.core import tend_texts as texts
from duban.core import verify_texts
from duban.core.alerts import Alert
from duban.core.delivery import RETRIED, Delivery, DeliveryState
from duban.core.papers import PaperRecord
from duban.core.step_runs import Run, StepOutcome, StepRun, runs_of
from duban.core.weeks import ZONE
from duban.pipeline.delivery_ports import Deliveries
from duban.pipeline.paper_ports import Register
from duban.pipeline.remind_persons import WAITS_FOR
from duban.pipeline.tend_ports import StepBook
from duban.pipeline.verify import Verification

DAY = timedelta(days=1)
STUCK = (*RETRIED, DeliveryState.HELD)
TOLD = 20


@dataclass(frozen=True, slots=True)
class Digest:
    """What a day was, told once a night from our own tables."""

    steps: StepBook
    register: Register
    deliveries: Deliveries

    def of(self, until: datetime) -> Alert:
        """What ran, what failed, what came in, which papers and deliveries wait, in the 24 hours up to `until`."""
        after = until - DAY
        runs = runs_of(self.steps.between(after, until))
        counts = self.steps.counts(after, until)
        failed = [step for run in runs for step in run.last if step.outcome is StepOutcome.FAILED]
        waiting = [paper for paper in self.register.papers() if paper.state in WAITS_FOR]
        stuck = [one for one in self.deliveries.all() if one.state in STUCK]
        text = texts.DIGEST_TEXT.format(
            until=until.astimezone(ZONE),
            runs=_runs(runs),
            failures=_failures(failed),
            returns=_counted(counts.returns, texts.RETURNS, "status", texts.STATUSES),
            findings=_counted(counts.findings, texts.FINDINGS, "code", {}),
            waiting=_waiting(waiting),
            deliveries=_stuck(stuck),
            remedy=texts.NEEDED if failed or waiting or stuck else texts.NOT_NEEDED,
        )
        return Alert("digest", texts.DIGEST.format(runs=len(runs), failed=len(failed)), text, until)


def verify_alert(found: Verification, as_of: datetime) -> Alert | None:
    """What `duban verify` found this night; None when everything is sound."""
    if not found.defects:
        return None
    lines = [
        texts.DEFECT.format(check=verify_texts.CHECKS[defect.check], text=defect.text)
        for defect in found.defects[:TOLD]
    ]
    text = texts.VERIFY_TEXT.format(defects="\n".join((*lines, *_more(found.defects))))
    return Alert("verify", texts.VERIFY.format(count=len(found.defects)), text, as_of)


def _more(told: Sequence[object]) -> tuple[str, ...]:
    return (texts.MORE,) if len(told) > TOLD else ()


def _runs(runs: Sequence[Run]) -> str:
    counted = Counter(run.dag for run in runs)
    return _joined(texts.RUNS.format(dag=dag, count=count) for dag, count in sorted(counted.items())) or texts.NO_RUNS


def _failures(failed: Sequence[StepRun]) -> str:
    lines = [
        texts.FAILURE.format(dag=one.dag, step=one.step, run=one.run, error=one.error or texts.NOTHING)
        for one in failed[:TOLD]
    ]
    return _joined((*lines, *_more(failed))) or texts.NOTHING


def _counted(counts: Mapping[str, int], form: str, key: str, names: Mapping[str, str]) -> str:
    told = (form.format(**{key: names.get(one, one), "count": count}) for one, count in counts.items())
    return _joined(told) or texts.NOTHING


def _waiting(papers: Sequence[PaperRecord]) -> str:
    return (
        texts.WAITING.format(count=len(papers), ids=_ids([paper.id for paper in papers])) if papers else texts.NOTHING
    )


def _stuck(stuck: Sequence[Delivery]) -> str:
    if not stuck:
        return texts.NOTHING
    counted = Counter(one.state.value for one in stuck)
    states = _joined(texts.STATE.format(state=texts.STATES[state], count=count) for state, count in counted.items())
    return texts.DELIVERIES.format(count=len(stuck), states=states, ids=_ids([one.id for one in stuck]))


def _ids(ids: Sequence[int]) -> str:
    return _joined((*map(str, ids[:TOLD]), *_more(ids)))


def _joined(parts: Iterable[str]) -> str:
    return "、".join(parts)
