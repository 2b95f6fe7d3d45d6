"""The charts of the weekly report, from the rows of its tables: the same figures, drawn."""

from collections.abc import Sequence

from duban.pipeline.drafting import Fields
from duban.pipeline.figures import INDICATORS, Name, Row

RATE, PACE = "完成率", "序时进度"
TOLD: dict[Name, str] = {
    "committees": "各办事处业主委员会成立完成率与序时进度",
    "improvements": "各办事处小区管理提升完成率与序时进度",
}


def charts(standing: Sequence[Row], speed: Sequence[Row]) -> list[Fields]:
    """One chart an indicator: every office's rate in columns, its pace line beside them."""
    return [_chart(name, standing, speed) for name in INDICATORS]


def _chart(name: Name, standing: Sequence[Row], speed: Sequence[Row]) -> Fields:
    return {
        "alt": TOLD[name],
        "offices": [row["office"] for row in standing],
        "series": [
            {"name": RATE, "values": [row[f"{name}_rate"] for row in standing]},
            {"name": PACE, "values": [row[f"{name}_pace"] for row in speed]},
        ],
    }
