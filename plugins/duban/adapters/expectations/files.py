"""The suites on disk: expectations/<name>.json. Imports nothing heavy; `duban check` needs no more."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from duban.core.errors import RuleError
from duban.core.returns import Form
from duban.core.rules import Suites
from duban.core.rules_form import ACROSS_WEEKS, SUITES, build, dump

NAMES = (*SUITES, ACROSS_WEEKS)


def load_suites(folder: Path) -> Suites:
    """Every suite of the folder by name; raises RuleError when one is missing or no JSON."""
    return {name: _load(folder / f"{name}.json") for name in NAMES}


def _load(path: Path) -> Mapping[str, Any]:
    try:
        suite = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RuleError(f"{path}: {error}") from error
    if not isinstance(suite, Mapping):
        raise RuleError(f"{path}: not a suite")
    return suite


def write_suites(folder: Path, form: Form) -> list[Path]:
    """Generate the form's rules into the folder anew, keeping those written by hand; returns the files that changed."""
    changed = []
    for name, suite in build(form, load_suites(folder)).items():
        path, text = folder / f"{name}.json", dump(suite)
        if path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed
