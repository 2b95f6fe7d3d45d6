"""How checks on site and the 抽查清单 are worded."""

from collections.abc import Mapping

from duban.core.site_checks import Matter, Result
from duban.core.spot_checks import Reason

MATTERS: Mapping[Matter, str] = {Matter.COMMITTEE: "业主委员会已备案", Matter.IMPROVEMENT: "管理提升已完成"}
RESULTS: Mapping[Result, str] = {Result.TRUE: "属实", Result.FALSE: "不属实"}
REASONS: Mapping[Reason, str] = {
    Reason.AT_ONCE: "一周内集中验收（C04）",
    Reason.BEFORE_A_DEADLINE: "临近年度目标到期时完成",
    Reason.STEP_BACK: "曾有进度倒退（C01）",
    Reason.NO_ACCEPTOR: "有验收日期而无验收单位（C08）",
    Reason.UNCHANGED: "该办曾有项目台账与上期完全相同（C05）",
    Reason.NEVER_VISITED: "自报完成，从未核查",
}
