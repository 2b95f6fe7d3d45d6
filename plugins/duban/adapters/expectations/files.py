"""The suites on disk: expectations/<name>.json. Imports nothing heavy; `duban check` needs no more."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from duban.core.errors import RuleError
from duban.core.returns import Form
from duban.core.rules import Suites
from duban.core.rules_form import ACROSS_WEEKS, SUITES, build, dump
from duban.core.rules_page import form_page

PAGE = Path("docs", "form.md")
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


def build_suites(form: Form, folder: Path) -> None:
    """Generate the form's rules into the folder anew, keeping those written by hand, and docs/form.md beside it."""
    suites = build(form, load_suites(folder))
    for name, suite in suites.items():
        (folder / f"{name}.json").write_text(dump(suite), encoding="utf-8")
    (folder.parent / PAGE).write_text(form_page(form, suites), encoding="utf-8")
