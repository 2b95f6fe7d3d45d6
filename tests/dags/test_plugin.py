"""What Airflow makes of plugins/."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import json, sys, calendar
from airflow import plugins_manager
plugins_manager.ensure_plugins_loaded()
timetables = plugins_manager.get_timetables_plugins()
import duban
print(json.dumps({
    "errors": plugins_manager.get_import_errors(),
    "timetables": sorted(name for name in timetables if name.startswith("duban")),
    "calendar": calendar.__file__,
    "duban": duban.__file__,
    "modules": {name: getattr(module, "__file__", None) for name, module in sys.modules.items() if "." not in name},
}))
"""


@pytest.fixture(scope="module")
def loaded(home: Path) -> dict[str, object]:
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    return json.loads(told.stdout.splitlines()[-1])


def test_the_plugin_loads_without_error(loaded: dict[str, object]) -> None:
    """Its timetables are registered under the names that stored DAGs carry."""
    assert loaded["errors"] == {}
    assert loaded["timetables"] == [
        f"duban.orchestration.timetables.{name}"
        for name in (
            "CollectingTimes",
            "CutoffTimes",
            "DeliveryTimes",
            "MonthTimes",
            "MorningTimes",
            "OpeningTimes",
            "QuarterTimes",
            "TendingTimes",
        )
    ]


def test_only_the_plugin_itself_is_a_top_level_module(loaded: dict[str, object]) -> None:
    """Airflow would load every file below plugins/ under its bare name, over the standard library's if need be."""
    package = str(Path(str(loaded["duban"])).parent.parent)
    ours = [name for name, file in loaded["modules"].items() if file and file.startswith(package)]

    assert sorted(ours) == ["duban", "duban_plugin"]
    assert not str(loaded["calendar"]).startswith(package)
