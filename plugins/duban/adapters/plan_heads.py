"""Reads the heads of plan files: each DAG file asks for them whenever Airflow loads it, so no more than two entries."""

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from duban.core.plan_heads import KEY, PlanHead, distinct

# The two entries by themselves, in either style of YAML: reading the whole file takes a hundred times as long.
_ENTRY = r"^{name}:.*(?:\n[ \t]+\S.*)*"
NO_FILE = "方案文件 {path} 读不出（{error}），请检查 DUBAN_PLANS"
NO_KEY = "方案文件 {path} 开头没有可用的 key（小写字母、数字和连字符），请补上"
NO_DISTRICT = "方案文件 {path} 没有写明 district 的 text，请补上"


def read_heads(files: Sequence[Path]) -> tuple[PlanHead, ...]:
    """The head of each file, in their order; one that cannot be read says why and holds up no other."""
    return distinct(_read(path) for path in files)


def _read(path: Path) -> PlanHead:
    try:
        text = path.read_text("utf-8-sig")
        key, district = _entry(text, "key"), _entry(text, "district")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        return PlanHead("", "", path, NO_FILE.format(path=path, error=type(error).__name__))
    if not isinstance(key, str) or not KEY.fullmatch(key):
        return PlanHead("", "", path, NO_KEY.format(path=path))
    name = district.get("text") if isinstance(district, dict) else None
    if not isinstance(name, str) or not name.strip():
        return PlanHead("", "", path, NO_DISTRICT.format(path=path))
    return PlanHead(key, name.strip(), path)


def _entry(text: str, name: str) -> object:
    found = re.search(_ENTRY.format(name=name), text, re.MULTILINE)
    return yaml.load(found[0], Loader=yaml.BaseLoader)[name] if found else None
