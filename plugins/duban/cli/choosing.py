"""`duban --plan KEY …`: which of several plans a command is about."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

PLAN_KEY = "DUBAN_PLAN_KEY"


def choose_plan(
    context: typer.Context,
    plan: Annotated[
        str, typer.Option(metavar="KEY", help="有几个方案时，写明是哪一个（方案文件的 key）", show_default=False)
    ] = "",
) -> None:
    """督办：收报表、查期限、出公文。"""
    if plan:
        context.with_resource(_meaning(plan))


@contextmanager
def _meaning(plan: str) -> Iterator[None]:
    """Settings are read where they are needed, and by what a command starts: so the choice stands where they look."""
    before = os.environ.get(PLAN_KEY)
    os.environ[PLAN_KEY] = plan
    try:
        yield
    finally:
        os.environ.pop(PLAN_KEY)
        if before is not None:
            os.environ[PLAN_KEY] = before
