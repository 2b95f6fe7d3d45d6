"""What every command shares: JSON to stdout and nothing else, errors of users as a sentence, exit codes.

Exit codes: 0 fine, 1 findings, 2 unusable input or usage.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Annotated

import typer

from duban.core.errors import UsageError, UserError
from duban.core.weeks import ZONE

FINE, FINDINGS, UNUSABLE = 0, 1, 2

AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 文档")]


def print_json(document: object) -> None:
    """One JSON document to stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")


@contextmanager
def told_to_users() -> Iterator[None]:
    """A user's error becomes its sentence on stderr and exit code 2; everything else keeps its traceback."""
    try:
        yield
    except UserError as error:
        typer.echo(f"错误：{error}", err=True)
        raise typer.Exit(UNUSABLE) from error


def instant(text: str) -> datetime:
    """An ISO 8601 instant; without an offset it is Asia/Shanghai, a bare date means its last second."""
    try:
        if len(text) == len("2018-07-27"):
            return datetime.combine(date.fromisoformat(text), time(23, 59, 59), ZONE)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"时间“{text}”无法识别，请写成 2018-07-27 或 2018-07-27T17:00:00+08:00。") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def day(text: str) -> date:
    """An ISO 8601 date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"日期“{text}”无法识别，请写成 2018-07-27。") from error
