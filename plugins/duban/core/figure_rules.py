"""The named rules that the figures of papers are worked out by: unit, and the function or statement behind each.

One rule, one unit, one source: a figure's definition names its rule, and everything else about it follows from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PROGRESS = "domain.md §5 "
DUTY = "domain.md §4 "


@dataclass(frozen=True, slots=True)
class FigureRule:
    """How figures of one definition come about. `meaning` says it to users, `source` names the pure function, or the
    statement of sql/, behind them.

    `unit` is what is counted (个 of compounds, committees or offices), `%`, or empty for a rank.
    """

    definition: str
    unit: str
    meaning: str
    source: str

    @property
    def known(self) -> bool:
        return bool(self.source)


_STATE = "sql/select_office_states.sql → duban.core"
_FACTS = "sql/select_return_facts.sql → duban.core"
_MEMBERS = f"{_STATE}.tally.members"
_COMPOUND = f"{_STATE}.compound.Compound"
_OF_PROGRESS = (
    ("plan", "个", "方案所列的办事处", "duban.core.plan.Plan"),
    ("target", "", "方案规定的年度累计目标", "duban.core.plan.Plan.target_in_force"),
    ("known compounds", "个", "工作台账已采用的小区", _MEMBERS),
    ("denominator", "个", "任务基数：冻结时（冻结前为截至目前）登记的小区", f"{_STATE}.baseline.denominator"),
    ("pending", "个", "小区编号有效但行被退回、数据待补的小区", _MEMBERS),
    ("scheme drafted", "个", "提升方案已拟定或两委已议定", f"{_COMPOUND}.scheme_drafted"),
    ("deliberated", "个", "两委已议定，且填有议定日期", f"{_COMPOUND}.deliberated"),
    ("required", "个", "基数乘以年底累计比例，不足一个的按一个计", "duban.core.targets.required_count"),
    ("committees done", "个", "基数内业委会已备案，备案日期在方案印发以后", f"{_COMPOUND}.committee_formed"),
    ("improvements done", "个", "基数内已验收，各项目标均已完成或不涉及", f"{_COMPOUND}.improved"),
    ("committee preexisting", "个", "业委会备案日期在方案印发以前", f"{_COMPOUND}.committee_preexisting"),
    ("amendments", "个", "基数以外的小区", _MEMBERS),
    ("rate", "%", "完成数除以年底累计应完成数，保留一位小数", "duban.core.progress.Measuring"),
    ("change on last week", "个", "完成数与上期之差", "duban.pipeline.figures.ProgressFigures"),
    ("pace line", "%", "序时进度：按工作日应完成的比例", "duban.core.targets.Yardstick.pace"),
    ("required pace", "个", "按期完成平均每周需新增的个数", "duban.core.targets.Yardstick.weekly_needed"),
    ("projected finish", "个", "按近四周速度推算的年底完成数", "duban.core.targets.projected"),
    ("ranking", "", "按综合完成率、完成数之和排列", "duban.core.ranking.ranked"),
    ("light", "个", "综合亮灯的办事处", "duban.core.lights.overall_light"),
)  # fmt: skip
_OTHERS = (
    ("plan", "", "方案或者表样的规定", "duban.core.plan.Plan"),
    (DUTY + "D", "", "提请部门协调、超过办理期限仍未办结的事项", "duban.pipeline.department_list.DepartmentList"),
    (DUTY + "state", "天", "规定时限以后的天数，或者剩余的工作日", "duban.core.standing.stand"),
    (DUTY + "W", "个", "本期应报、已报、未报的办事处", f"{_FACTS}.reporting.weekly_returns"),
    ("returns.md row accounting", "行", "报表逐行核对的结果", "sql/select_return_records.sql"),
    ("returns.md findings", "", "核对发现的问题", "sql/select_findings.sql"),
)  # fmt: skip
RULES: Mapping[str, FigureRule] = {
    rule.definition: rule
    for rule in (
        *(FigureRule(PROGRESS + name, *rest) for name, *rest in _OF_PROGRESS),
        *(FigureRule(*rule) for rule in _OTHERS),
    )
}


def rule_of(definition: str) -> FigureRule:
    """The rule that a definition names; one without unit or source for a definition that nobody declared."""
    return RULES.get(definition, FigureRule(definition, "", "", ""))
