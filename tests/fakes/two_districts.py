"""Two districts of one city: the committed plan, and the same work in another district, under another name and prefix.

The offices' codes are the same in both: whatever mixes the two is seen.
"""

import shutil
from pathlib import Path

from duban.adapters.season import write_season
from duban.adapters.settings import ROOT, Settings
from duban.wiring import open_offline
from duban.wiring.plans import chosen

FIRST, SECOND = "jingkai-2018", "beiyuan-2018"
NAMES = {FIRST: "经开区", SECOND: "北苑区"}
COMMITTED = ROOT / "plans" / "jingkai-2018.yaml"
CHANGED = {
    f"key: {FIRST}": f"key: {SECOND}",
    "district: {text: 经开区, clause: 经开区}": "district: {text: 北苑区, decision: 测试用虚构区}",
    "prefix: 郑经": "prefix: 测北",
}


def write_second(folder: Path) -> Path:
    """The second district's plan, with the calendar beside it."""
    shutil.copy(ROOT / "plans" / "calendar.yaml", folder)
    text = COMMITTED.read_text("utf-8")
    for here, there in CHANGED.items():
        assert here in text
        text = text.replace(here, there)
    path = folder / "beiyuan-2018.yaml"
    path.write_text(text, "utf-8")
    return path


def plans_setting(folder: Path) -> str:
    """DUBAN_PLANS for the two; writes the second's plan into `folder`."""
    return f"{COMMITTED},{write_second(folder)}"


def write_returns(settings: Settings, plan: str, until: str, seed: int) -> None:
    """A season of returns in the inbox of a district."""
    from datetime import date

    own = chosen(settings, plan)
    with open_offline(own) as offline:
        inbox = Path(own.inbox_url)
        write_season(offline.plan, offline.weeks, inbox, seed=seed, until=date.fromisoformat(until), mess=0.2)
