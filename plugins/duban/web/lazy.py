"""The board as the plugin mounts it: built with its first request, so that no task's process loads web pages."""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import Receive, Scope, Send


class LazyBoard:
    """An ASGI application that stands in for the board until somebody looks at it."""

    @cached_property
    def _board(self) -> "FastAPI":
        from duban.web.app import create_board  # noqa: PLC0415 - the purpose of this class

        return create_board()

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """As ASGI says."""
        await self._board(scope, receive, send)
