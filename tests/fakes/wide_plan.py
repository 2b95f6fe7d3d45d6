"""The committed plan with more offices than its own six, written as a bureau would write it."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from duban.adapters.settings import ROOT


def widened(folder: Path, more: Mapping[str, str]) -> Path:
    """The plan file in `folder`, its calendar beside it; `more` offices by code, each a member of every group."""
    folder.mkdir(parents=True)
    shutil.copyfile(ROOT / "plans" / "calendar.yaml", folder / "calendar.yaml")
    text = (ROOT / "plans" / "jingkai-2018.yaml").read_text("utf-8")
    last = next(line for line in text.splitlines() if line.strip().startswith("- {code: XY"))
    lines = "\n".join(f"    - {{code: {code}, name: {name}, decision: 模拟}}" for code, name in more.items())
    names = ", ".join(more.values())
    text = re.sub(r"(members: \[.*祥云办事处)\]", rf"\1, {names}]", text.replace(last, f"{last}\n{lines}"))
    path = folder / "plan.yaml"
    path.write_text(text, "utf-8")
    return path
