"""The heads of the plan files of an installation that has several: what must be known before any plan is read."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What a plan's key looks like: it names folders and ends the ids of DAGs."""
SEPARATOR = "__"
"""Between a DAG's own name and the key of its plan; no key and no name of ours holds it."""

TWICE = "{path} 与另一方案文件的 key 同为“{key}”，请改用各不相同的 key"
UNKNOWN = "没有 key 为“{key}”的方案，请改用：{known}。"
WHICH = "本系统有 {count} 个方案，请写明是哪一个：{known}（命令行写作 duban --plan KEY 命令）。"
FAULTY = "另有方案文件不能用：{faults}。"
ENTRY = "{key}（{district}）"


@dataclass(frozen=True, slots=True)
class PlanHead:
    """A plan file's key and district. `fault`: why the file has none; its key is empty then."""

    key: str
    district: str
    path: Path
    fault: str = ""


def named_files(text: str) -> tuple[Path, ...]:
    """The files that the setting DUBAN_PLANS names."""
    return tuple(Path(part.strip()) for part in text.split(",") if part.strip())


def distinct(heads: Iterable[PlanHead]) -> tuple[PlanHead, ...]:
    """The heads; of those with the same key none can be used, or two districts would be one."""
    heads = tuple(heads)
    counted = Counter(head.key for head in heads)
    return tuple(
        replace(head, key="", fault=TWICE.format(path=head.path, key=head.key)) if head.key and counted[head.key] > 1
        else head
        for head in heads
    )  # fmt: skip


def which_there_are(heads: Sequence[PlanHead], wanted: str) -> str:
    """What to tell one who named none of several plans, or one that there is not."""
    usable = [head for head in heads if head.key]
    known = "、".join(ENTRY.format(key=head.key, district=head.district) for head in usable) or "无"
    told = UNKNOWN.format(key=wanted, known=known) if wanted else WHICH.format(count=len(usable), known=known)
    faults = "；".join(head.fault for head in heads if head.fault)
    return told + (FAULTY.format(faults=faults) if faults else "")


def dag_id_of(name: str, plan: str) -> str:
    """The id of a plan's DAG; where there is one plan, the DAG's own name."""
    return f"{name}{SEPARATOR}{plan}" if plan else name


def name_and_plan(dag_id: str) -> tuple[str, str]:
    """A DAG's own name, and the key of its plan: empty where there is one plan."""
    name, _, plan = dag_id.partition(SEPARATOR)
    return name, plan
