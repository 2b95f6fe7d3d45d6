"""What the data team reads every night, from our own tables alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace

from duban.core.delivery import DeliveryState
from duban.core.papers import PaperState
from duban.core.step_runs import DayCounts, Run, StepOutcome, StepRun, runs_of
from duban.core.weeks import ZONE
from duban.pipeline.tend import Digest, verify_alert
from duban.pipeline.verify import Defect, Verification

NIGHT = datetime(2018, 9, 5, 22, tzinfo=ZONE)


def step(dag: str, name: str, outcome: str = "succeeded", *, run: str = "scheduled__1", hours: float = 1) -> StepRun:
    """An attempt that ended so many hours before the night, and took nine seconds."""
    ended = NIGHT - timedelta(hours=hours)
    error = "" if outcome in {"succeeded", "skipped"} else "方案第 3 行有误，请改正。"
    return StepRun(dag, run, name, -1, 1, ended, ended - timedelta(seconds=9), ended, StepOutcome(outcome), error)


class Book:
    """Steps in memory; the same day's counts whenever it is asked."""

    def __init__(self, *steps: StepRun, counts: DayCounts | None = None) -> None:
        self._steps, self._counts = steps, counts or DayCounts({}, {})

    def record(self, step: StepRun) -> None:
        raise AssertionError(step)

    def between(self, after: datetime, until: datetime) -> Sequence[StepRun]:
        return [one for one in self._steps if after < one.ended_at <= until]

    def counts(self, after: datetime, until: datetime) -> DayCounts:
        return self._counts if after < until else DayCounts({}, {})


def digest(book: Book, papers: Sequence[object] = (), deliveries: Sequence[object] = ()) -> Digest:
    return Digest(book, SimpleNamespace(papers=lambda: papers), SimpleNamespace(all=lambda: deliveries))


def told(book: Book, papers: Sequence[object] = (), deliveries: Sequence[object] = ()) -> str:
    return digest(book, papers, deliveries).of(NIGHT).text


def test_it_says_what_ran_in_the_last_day() -> None:
    """Counted by run, not by step; what ran longer ago was told yesterday."""
    book = Book(
        step("collect_returns", "collect.discover"),
        step("collect_returns", "collect.judge"),
        step("collect_returns", "collect.discover", run="scheduled__2"),
        step("weekly_report", "draft", hours=24),
        step("deliver_papers", "deliver", hours=23.9),
    )

    assert "运行：collect_returns 2 次、deliver_papers 1 次\n" in told(book)
    assert digest(book).of(NIGHT).subject == "每日摘要：3 次运行，0 步失败"


def test_a_day_without_a_run_is_told_with_what_to_do() -> None:
    """The digest can come from the machine's own timer."""
    assert "没有任何运行" in told(Book())


def test_it_names_what_failed_and_not_what_a_retry_has_mended() -> None:
    """Run, step and reason."""
    book = Book(
        step("weekly_report", "draft", "retried", hours=2),
        step("weekly_report", "draft", hours=1),
        step("watch_deadlines", "correct", "failed"),
    )

    assert "失败：watch_deadlines / correct（scheduled__1，方案第 3 行有误，请改正。）\n" in told(book)
    assert "weekly_report / draft" not in told(book)


def test_it_says_what_came_in_and_what_was_wrong_with_it() -> None:
    """Returns by status, findings by code."""
    counts = DayCounts({"accepted": 5, "returned": 1}, {"R01": 3, "B01": 1})

    assert "收到：接受 5 份、退回 1 份\n问题：R01 3 处、B01 1 处\n" in told(Book(counts=counts))


def test_it_says_which_papers_and_deliveries_wait() -> None:
    """By number; what was signed or sent waits for nobody."""
    states = (PaperState.DRAFTED, PaperState.REVIEWED, PaperState.SIGNED, PaperState.WITHDRAWN)
    papers = [SimpleNamespace(id=n, state=state) for n, state in enumerate(states, start=4)]
    sent = (DeliveryState.UNCERTAIN, DeliveryState.SENT, DeliveryState.PENDING, DeliveryState.BOUNCED)
    deliveries = [SimpleNamespace(id=n, state=state) for n, state in enumerate(sent, start=1)]

    text = told(Book(step("a", "b")), papers, deliveries)

    assert "待办文书：2 份等待核稿或签发，编号 4、5\n" in text
    assert "送达：2 项没有完成（不知是否送达 1 项、被退回 1 项），编号 1、4\n" in text
    assert "duban deliveries --open" in text


def test_a_quiet_day_says_that_nothing_is_to_be_done() -> None:
    """And still comes: no digest is a sign too."""
    assert "办法：无须处理。" in told(Book(step("a", "b")))


def test_many_of_one_kind_are_counted_and_the_first_named() -> None:
    """An alert is read on a telephone."""
    papers = [SimpleNamespace(id=n, state=PaperState.DRAFTED) for n in range(100)]
    text = told(Book(), papers)

    assert "100 份" in text
    assert "19、……" in text
    assert "、20" not in text


def test_a_run_is_what_became_of_its_steps() -> None:
    """A mapped step is one for each part; the last attempt counts."""
    first, second = step("a", "x", "retried", hours=3), step("a", "x", hours=2)
    assert [one.outcome for one in runs_of([first])] == [StepOutcome.RETRIED]
    assert [one.outcome for one in runs_of([first, second])] == [StepOutcome.SUCCEEDED]
    assert [one.outcome for one in runs_of([first, second, step("a", "y", "failed")])] == [StepOutcome.FAILED]
    assert Run("a", "r", NIGHT, (step("a", "x", "skipped"),)).outcome is StepOutcome.SKIPPED
    assert [run.dag for run in runs_of([step("b", "x", hours=1), step("a", "x", hours=2)])] == ["a", "b"]


def test_what_verification_found_is_an_alert_of_its_own() -> None:
    """Each defect, and what not to do before it is mended; none when all is sound."""
    sound = Verification((), (3, "0"), 1, 1, 1, 1)
    unsound = Verification((Defect("files", "第 3 号文书的文件不见了"),), (3, "0"), 1, 1, 1, 1)

    assert verify_alert(sound, NIGHT) is None
    alert = verify_alert(unsound, NIGHT)
    assert alert is not None
    assert (alert.key, alert.subject) == ("verify", "核验发现 1 个问题")
    assert "文书文件：第 3 号文书的文件不见了" in alert.text
