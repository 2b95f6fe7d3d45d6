"""Who is reading: Airflow's log-in, and the role that the board's file gives to its user.

Loaded with the first request alone: it brings Airflow's API with it.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any

from airflow.api_fastapi.core_api.security import get_user
from airflow.utils.session import create_session
from fastapi import Depends, HTTPException
from sqlalchemy.orm.exc import DetachedInstanceError

from duban.core.access import Access, Viewer

NOT_LISTED = 403


def names_of(user: Any, kind: str) -> list[str]:
    """The roles or groups of a user: a text in SimpleAuthManager, a list of things with a name in FabAuthManager."""
    try:
        found = getattr(user, kind, None) or getattr(user, kind.removesuffix("s"), None) or ()
    except DetachedInstanceError:
        return _read_again(user, kind)
    entries = [found] if isinstance(found, str) else list(found)
    return [str(getattr(entry, "name", entry)) for entry in entries]


def _read_again(user: Any, kind: str) -> list[str]:
    """FabAuthManager lets go of a user before his groups are read."""
    with create_session() as session:
        return [str(entry.name) for entry in getattr(session.get_one(type(user), user.id), kind)]


def viewer_of(user: Any, access: Access) -> Viewer:
    """The reader that a user of Airflow's is; HTTP 403 for one whom nobody let in."""
    viewer = access.viewer(user.get_name(), names_of(user, "roles"), names_of(user, "groups"))
    if viewer is None:
        raise HTTPException(NOT_LISTED, user.get_name())
    return viewer


def reader(user: Annotated[Any, Depends(get_user)], plan: str = "") -> Viewer:
    """The reader of this request; HTTP 401 for an anonymous one.

    Where there are several plans, of the one asked for, else of the first that he may read.
    """
    from duban.orchestration.tasks import app, districts  # noqa: PLC0415 - opens the database; not for the anonymous

    known = districts()
    if not known:
        return viewer_of(user, app("").access)
    readers = list(_readers(user, {key: app(key).access for key in known}))
    plans = tuple(viewer.plan for viewer in readers)
    found = next((viewer for viewer in readers if plan in {"", viewer.plan}), None)
    if found is None:
        raise HTTPException(NOT_LISTED, user.get_name())
    return replace(found, plans=plans)


def _readers(user: Any, by_plan: Mapping[str, Access]) -> Iterator[Viewer]:
    """The reader that a user is of each plan that he may read."""
    for plan, access in by_plan.items():
        with suppress(HTTPException):
            yield replace(viewer_of(user, access), plan=plan)


def login_url() -> str:
    """Where Airflow lets one log in."""
    from airflow.api_fastapi.app import get_auth_manager  # noqa: PLC0415 - there is none before Airflow's app is made

    return str(get_auth_manager().get_url_login())
