"""The figures of progress: one set that the prose and the tables of a paper both print (domain.md §5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from duban.core.assessment import Assessment, Indicator, Light, Progress
from duban.core.figures import Figures
from duban.core.formatting import percent
from duban.core.plan import Plan
from duban.core.wording import DASH, compared, rounded_up, signed
from duban.pipeline.sources import Sources, all_of

Row = dict[str, str]
Name = Literal["committees", "improvements"]
INDICATORS: tuple[Name, Name] = ("committees", "improvements")
DISTRICT = "district"
LIGHTS = {Light.GREEN: "绿", Light.YELLOW: "黄", Light.BLUE: "蓝", Light.RED: "红", Light.NONE: DASH}
NO_TASK = "无任务"
TIED = "并列"
WHOLE_DISTRICT = "全区"


@dataclass(frozen=True)
class ProgressFigures:
    """Figures of an assessment beside the one a week earlier (`last` None: the first issue).

    `sources` are the returns that an office's figures rest on: they are recorded with each figure.
    """

    plan: Plan
    assessment: Assessment
    last: Assessment | None
    sources: Sources
    figures: Figures = field(default_factory=Figures)

    def district(self) -> None:
        """The figures of the overall situation, under `district.`."""
        progress = self.assessment.district
        self._put("offices", str(len(self.assessment.offices)), "plan", None)
        for name, count, rule in (
            ("known", progress.known, "known compounds"),
            ("baseline", progress.baseline, "denominator"),
            ("schemes", progress.scheme_drafted, "scheme drafted"),
            ("deliberated", progress.deliberated, "deliberated"),
        ):
            self._put(f"{DISTRICT}.{name}", str(count), rule, None)
        for indicator in INDICATORS:
            self._indicator(DISTRICT, indicator, progress)
            change = self._change(None, indicator)
            if change is not None:
                self._put(f"{DISTRICT}.{indicator}.compared", compared(change), "change on last week", None)
        self._exceptions(progress)

    def _exceptions(self, progress: Progress) -> None:
        """What is printed only where there is any: 数据待补, 原有业委会, and what was done outside the baseline."""
        if progress.pending:
            self._put(f"{DISTRICT}.pending", str(progress.pending), "denominator", None)
        if progress.committees_preexisting:
            self._put(f"{DISTRICT}.preexisting", str(progress.committees_preexisting), "committee preexisting", None)
        if self.beyond:
            committees, improvements = self._beyond()
            self._put(f"{DISTRICT}.committees.beyond", str(committees), "amendments", None)
            self._put(f"{DISTRICT}.improvements.beyond", str(improvements), "amendments", None)

    @property
    def beyond(self) -> bool:
        """Whether anything was done in compounds outside the baseline."""
        return any(self._beyond())

    def _beyond(self) -> tuple[int, int]:
        progress = self.assessment.district
        return (
            progress.committees_formed - progress.committees.done,
            progress.compounds_improved - progress.improvements.done,
        )

    def lights(self) -> None:
        """How many offices show each overall light."""
        for light in (Light.GREEN, Light.YELLOW, Light.BLUE, Light.RED):
            count = sum(progress.light is light for progress in self.assessment.offices)
            self._put(f"lights.{light}", str(count), "light", None)

    def standing(self) -> list[Row]:
        """Rows of 任务完成情况与排名: every office, then the district."""
        return [self._standing(progress) for progress in (*self.assessment.offices, self.assessment.district)]

    def speed(self) -> list[Row]:
        """Rows of 变化与进度: every office, then the district."""
        return [self._speed(progress) for progress in (*self.assessment.offices, self.assessment.district)]

    def _standing(self, progress: Progress) -> Row:
        key = progress.office or DISTRICT
        row = {
            "office": self.office_name(progress.office),
            "baseline": self._put(f"{key}.baseline", str(progress.baseline), "denominator", progress.office),
            "rank": self._rank(progress),
        }
        for indicator in INDICATORS:
            row |= self._indicator(key, indicator, progress)
        return row

    def _indicator(self, key: str, name: Name, progress: Progress) -> Row:
        indicator = indicator_of(progress, name)
        printed = {
            "required": (str(indicator.required), "required"),
            "done": (str(indicator.done), f"{name} done"),
            "rate": (rate_text(indicator), "rate"),
        }
        return {
            f"{name}_{part}": self._put(f"{key}.{name}.{part}", text, rule, progress.office)
            for part, (text, rule) in printed.items()
        }

    def _speed(self, progress: Progress) -> Row:
        key = progress.office or DISTRICT
        row = {"office": self.office_name(progress.office), "light": LIGHTS[progress.light]}
        for name in INDICATORS:
            indicator = indicator_of(progress, name)
            change = self._change(progress.office, name)
            printed = {
                "change": (DASH if change is None else signed(change), "change on last week"),
                "pace": (DASH if indicator.pace is None else percent(indicator.pace) + "%", "pace line"),
                "weekly": (weekly_text(indicator), "required pace"),
                "projected": (projected_text(indicator, progress.baseline), "projected finish"),
            }
            row[f"{name}_light"] = LIGHTS[indicator.light]
            for part, (text, rule) in printed.items():
                row[f"{name}_{part}"] = self._put(f"{key}.{name}.{part}", text, rule, progress.office)
        return row

    def _rank(self, progress: Progress) -> str:
        if progress.office is None:
            return DASH
        if progress.rank is None:
            return DASH if progress.provisional else NO_TASK
        text = f"{TIED}{progress.rank}" if progress.rank_shared else str(progress.rank)
        return self._put(f"{progress.office}.rank", text, "ranking", None)

    def _change(self, office: str | None, name: Name) -> int | None:
        if self.last is None:
            return None
        now = self.assessment.district if office is None else self.assessment.of(office)
        then = self.last.district if office is None else self.last.of(office)
        return indicator_of(now, name).done - indicator_of(then, name).done

    def _put(self, key: str, text: str, rule: str, office: str | None) -> str:
        sources = self._of_all if office is None else self.sources.get(office, ())
        return self.figures.add(key, text, f"domain.md §5 {rule}", sources)

    @cached_property
    def _of_all(self) -> Sequence[int]:
        return all_of(self.sources)

    def office_name(self, code: str | None) -> str:
        """An office's name; the whole district for None."""
        office = self.plan.office(code) if code else None
        return office.name if office else WHOLE_DISTRICT


def indicator_of(progress: Progress, name: Name) -> Indicator:
    return progress.committees if name == "committees" else progress.improvements


def rate_text(indicator: Indicator) -> str:
    """37.5%; a dash when nothing is required."""
    return DASH if indicator.rate is None else percent(indicator.rate) + "%"


def weekly_text(indicator: Indicator) -> str:
    """Compounds needed a week, 0 when the task is done."""
    if indicator.weekly_needed is None:
        return DASH
    return rounded_up(indicator.weekly_needed) if indicator.weekly_needed else "0"


def projected_text(indicator: Indicator, baseline: int) -> str:
    """The straight line's count, as far as there are compounds: nobody can finish more than there are."""
    return DASH if indicator.projected is None else str(min(indicator.projected, max(baseline, indicator.done)))
