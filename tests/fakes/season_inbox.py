"""A season of returns that lies in a folder: DUBAN_SEASON names it; it holds received.csv, truth.json and inbox/."""

import csv
import os
import shutil
from datetime import datetime
from pathlib import Path

SEASON = os.environ.get("DUBAN_SEASON", "")


def lay_out_inbox(season: Path, inbox: Path) -> None:
    """Give every file of the season its place and its time of receipt."""
    with (season / "received.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            target = inbox / Path(line["file"]).relative_to("inbox")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(season / line["file"], target)
            stamp = datetime.fromisoformat(line["received"]).timestamp()
            os.utime(target, (stamp, stamp))
