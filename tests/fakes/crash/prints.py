"""What stands after a chain: every table and every file, but for what no two runs can have alike.

Identities are replaced by their rank: a transaction that was rolled back has used one up.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

UNLIKE = frozenset({"recorded_at", "origin", "digest", "previous", "lease", "attempts", "message_id", "validation_id"})
"""Columns that tell when, by which process and at which attempt; and what follows from an identity or from those."""
OWNERS = {"return_id": "received", "paper_id": "paper", "delivery_id": "delivery", "receipt_id": "paper_receipt"}
RETURNS, PAPERS = "return_id", "paper_id"
EVIDENCE, RETURN = "evidence", "return"
"""The evidence of a letter, and its word for a return's identity."""
NAMED = (
    (re.compile(r"\b(return:|K-)(\d+)"), RETURNS),
    (re.compile(r"\b(paper:|A-)(\d+)"), PAPERS),
    (re.compile(r"(更正通报-\d{4}-\d\d-\d\d-)(\d+)"), PAPERS),
    (re.compile(r"(第 )(\d+)(?= 号文书)"), PAPERS),
)
"""Where a text names an identity: an item, a file, a paper that somebody is reminded of."""
LEFT_OUT = frozenset({"alembic_version", "delivery_change", "step_run", "validation"})
"""What every attempt adds to: that a delivery was taken in hand twice, a step run or a batch validated again, is so."""

Ranks = Mapping[str, Mapping[int, int]]


def fingerprint(engine: Engine, home: Path, only: Collection[str] | None = None) -> dict[str, list[str]]:
    """Table or folder → its lines, sorted; `only`: of the folders these, where not all of the home is compared."""
    with engine.connect() as connection:
        ranks = _every_rank(connection)
        tables = {name: sorted(_rows(connection, name, ranks)) for name in _tables(connection)}
    folders = [folder for folder in sorted(home.iterdir()) if _counts(folder) and (only is None or folder.name in only)]
    return {**tables, **{folder.name: sorted(_files(folder, ranks)) for folder in folders}}


def by_rank(engine: Engine, lines: Iterable[str]) -> list[str]:
    """The lines with every identity that they name replaced by its rank."""
    with engine.connect() as connection:
        ranks = _every_rank(connection)
    return [_ranked_inside(line, ranks) for line in lines]


def differences(expected: Mapping[str, Sequence[str]], found: Mapping[str, Sequence[str]]) -> list[str]:
    """What is missing and what is too many."""
    told = []
    for name in sorted({*expected, *found}):
        before, after = set(expected.get(name, ())), set(found.get(name, ()))
        told += [f"{name} lacks {line}" for line in sorted(before - after)]
        told += [f"{name} has {line}" for line in sorted(after - before)]
        if before == after and len(expected.get(name, ())) != len(found.get(name, ())):
            told.append(f"{name} has a line twice")
    return told


def _tables(connection: Connection) -> list[str]:
    asked = text("select table_name from information_schema.tables where table_schema = 'duban' order by 1")
    return [name for name in connection.execute(asked).scalars() if name not in LEFT_OUT]


def _every_rank(connection: Connection) -> Ranks:
    return {column: _ranks(connection, table, column) for column, table in OWNERS.items()}


def _ranks(connection: Connection, table: str, column: str) -> dict[int, int]:
    asked = text(f"select {column} from duban.{table} order by 1")  # noqa: S608  # names of ours
    return {value: rank for rank, value in enumerate(connection.execute(asked).scalars(), 1)}


def _rows(connection: Connection, table: str, ranks: Ranks) -> Iterator[str]:
    # As JSON, since Python knows no timestamp 'infinity'.
    for row in connection.execute(text(f"select to_jsonb(t) from duban.{table} as t")).scalars():  # noqa: S608  # ours
        kept = {key: _ranked(key, value, ranks) for key, value in row.items() if key not in UNLIKE}
        yield json.dumps(kept, ensure_ascii=False, default=str, sort_keys=True)


def _ranked(key: str, value: Any, ranks: Ranks) -> Any:
    if key in ranks and isinstance(value, int):
        return ranks[key].get(value)
    if key == RETURN and isinstance(value, int):
        return ranks[RETURNS].get(value)
    if key == "returns" and isinstance(value, list):
        return [_ranked(RETURNS, one, ranks) for one in value]
    if key in {"content", EVIDENCE} and isinstance(value, str) and value.startswith("{"):
        return _ranked("", json.loads(value), ranks)
    return _ranked_inside(value, ranks)


def _ranked_inside(value: Any, ranks: Ranks) -> Any:
    if isinstance(value, dict):
        return {key: _ranked(key, one, ranks) for key, one in value.items()}
    if isinstance(value, list):
        return [_ranked("", one, ranks) for one in value]
    if isinstance(value, str):
        for pattern, column in NAMED:
            value = pattern.sub(_by_rank(ranks[column]), value)
    return value


def _by_rank(ranks: Mapping[int, int]) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{match[1]}#{ranks.get(int(match[2]))}"


def _counts(folder: Path) -> bool:
    return folder.is_dir() and folder.name != "issued"


def _files(folder: Path, ranks: Ranks) -> Iterator[str]:
    """Every file with its digest. What a killed process left half done begins with a dot: nobody sees it."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            name = _ranked_inside(str(path.relative_to(folder)), ranks)
            yield f"{name} {hashlib.sha256(_content(path, ranks)).hexdigest()}"


def _content(path: Path, ranks: Ranks) -> bytes:
    """The bytes of a file; evidence names returns by their identity, a reminder papers."""
    if path.suffix == ".txt":
        return str(_ranked_inside(path.read_text("utf-8"), ranks)).encode()
    if not path.name.endswith(f".{EVIDENCE}.json"):
        return path.read_bytes()
    return json.dumps(_ranked(EVIDENCE, path.read_text("utf-8"), ranks)).encode()


def issued(home: Path) -> set[tuple[str, str]]:
    """The papers that the journal of what was issued knows, and their digests."""
    lines = (line for path in home.glob("issued/*.jsonl") for line in path.read_text("utf-8").splitlines())
    return {(entry["path"], entry["sha256"]) for entry in map(json.loads, lines)}
