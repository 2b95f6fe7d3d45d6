"""What every command shares: JSON to stdout and nothing else, errors of users as a sentence, exit codes.

Exit codes: 0 fine, 1 findings, 2 unusable input or usage.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from duban.core.errors import UsageError, UserError

FINE, FINDINGS, UNUSABLE = 0, 1, 2

NO_DATABASE = (
    "连不上数据库，或者连接中断；请检查数据库是否在运行、DUBAN_DATABASE_URL 和网络（duban doctor 可查），再试一次。"
)
NOT_A_SETTING = "环境变量 {name} 的值“{value}”不可用，请对照 docs/operating.md 改正。"
WRONG_SUFFIX = "文件名 {name} 须以 {suffixes} 结尾。"
NOT_WRITTEN = "文件“{path}”写不进去（{why}），请检查文件夹是否存在、有没有写入权限。"

Seen = Annotated[str | None, typer.Option(help="截至何时，缺省为现在")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 文档")]


def print_json(document: object) -> None:
    """One JSON document to stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")


@contextmanager
def told_to_users() -> Iterator[None]:
    """A user's error becomes its sentence on stderr and exit code 2; everything else keeps its traceback."""
    try:
        yield
    except Exception as error:
        sentence = str(error) if isinstance(error, UserError) else _sentence(error)
        if not sentence:
            raise
        typer.echo(f"错误：{sentence}", err=True)
        raise typer.Exit(UNUSABLE) from error


def _sentence(error: Exception) -> str:
    """What a user can do something about, though a library said it; empty for what only an engineer can mend."""
    from pydantic import ValidationError
    from sqlalchemy.exc import OperationalError

    if isinstance(error, OperationalError):
        return NO_DATABASE
    if isinstance(error, ValidationError) and error.title.endswith("Settings"):
        first = error.errors()[0]
        prefix = "DUBAN_SMTP_" if error.title.startswith("Mail") else "DUBAN_"
        return NOT_A_SETTING.format(name=prefix + str(first["loc"][0]).upper(), value=first["input"])
    return ""


def write_file(target: Path, content: bytes, *suffixes: str) -> None:
    """Write what a command made to where the user wants it; `suffixes` are those that fit, any where there are none.

    Raises UsageError.
    """
    require_suffix(target, *suffixes)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise UsageError(NOT_WRITTEN.format(path=target, why=error.strerror)) from error


def require_suffix(target: Path, *suffixes: str) -> None:
    """Raise UsageError for a file whose name does not say what is written into it."""
    if suffixes and target.suffix.lower() not in suffixes:
        raise UsageError(WRONG_SUFFIX.format(name=target.name, suffixes=" 或 ".join(suffixes)))


def instant(text: str) -> datetime:
    """An ISO 8601 instant; without an offset it is Asia/Shanghai, a bare date means its last second."""
    from duban.core.weeks import ZONE, end_of_day

    try:
        if "T" not in text and " " not in text:
            return end_of_day(date.fromisoformat(text))
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
