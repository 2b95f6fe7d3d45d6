"""The named rules that the figures of papers are worked out by: unit, and the function or statement behind each.

One rule, one unit, one source: a figure's definition names its rule, and everything else about it follows from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PROGRESS = "domain.md §5 "
DUTY = "domain.md §4 "


@dataclass(frozen=True, slots=True)
class FigureRule:
    """How figures of one definition come about. `source` is the pure function, or the statement of sql/, behind them.

    `unit` is what is counted (个 of compounds, committees or offices), `%`, or empty for a rank.
    """

    definition: str
    unit: str
    source: str

    @property
    def known(self) -> bool:
        return bool(self.source)


_STATE = "sql/select_compounds.sql"
_RULES = (
    FigureRule(PROGRESS + "plan", "个", "duban.core.plan.Plan"),
    FigureRule(PROGRESS + "target", "", "duban.core.plan.Plan.target_in_force"),
    FigureRule(PROGRESS + "known compounds", "个", f"{_STATE} → duban.core.tally.members"),
    FigureRule(PROGRESS + "denominator", "个", f"{_STATE} → duban.core.baseline.denominator"),
    FigureRule(PROGRESS + "pending", "个", f"{_STATE} → duban.core.tally.members"),
    FigureRule(PROGRESS + "scheme drafted", "个", f"{_STATE} → duban.core.compound.Compound.scheme_drafted"),
    FigureRule(PROGRESS + "deliberated", "个", f"{_STATE} → duban.core.compound.Compound.deliberated"),
    FigureRule(PROGRESS + "required", "个", "duban.core.targets.required_count"),
    FigureRule(PROGRESS + "committees done", "个", f"{_STATE} → duban.core.compound.Compound.committee_formed"),
    FigureRule(PROGRESS + "improvements done", "个", f"{_STATE} → duban.core.compound.Compound.improved"),
    FigureRule(PROGRESS + "committee preexisting", "个", "duban.core.compound.Compound.committee_preexisting"),
    FigureRule(PROGRESS + "amendments", "个", f"{_STATE} → duban.core.tally.members"),
    FigureRule(PROGRESS + "rate", "%", "duban.core.progress.Measuring"),
    FigureRule(PROGRESS + "change on last week", "个", "duban.pipeline.figures.ProgressFigures"),
    FigureRule(PROGRESS + "pace line", "%", "duban.core.targets.Yardstick.pace"),
    FigureRule(PROGRESS + "required pace", "个", "duban.core.targets.Yardstick.weekly_needed"),
    FigureRule(PROGRESS + "projected finish", "个", "duban.core.targets.projected"),
    FigureRule(PROGRESS + "ranking", "", "duban.core.ranking.ranked"),
    FigureRule(PROGRESS + "light", "个", "duban.core.lights.overall_light"),
    FigureRule(DUTY + "state", "天", "duban.core.standing.stand"),
    FigureRule(DUTY + "W", "个", "sql/select_return_facts.sql → duban.core.reporting.weekly_returns"),
    FigureRule("returns.md row accounting", "行", "sql/select_return_records.sql"),
    FigureRule("returns.md findings", "", "sql/select_findings.sql"),
)
RULES: Mapping[str, FigureRule] = {rule.definition: rule for rule in _RULES}


def rule_of(definition: str) -> FigureRule:
    """The rule that a definition names; one without unit or source for a definition that nobody declared."""
    return RULES.get(definition, FigureRule(definition, "", ""))
