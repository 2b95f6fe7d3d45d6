"""Who reads what on the board."""

from dataclasses import replace
from pathlib import Path

import pytest

from duban.adapters.accessfile import load_access
from duban.adapters.settings import ROOT
from duban.core.access import Access, Grant, Viewer, ViewerRole
from duban.core.errors import UsageError
from duban.core.login_roles import OF_THE_LOG_IN
from duban.core.papers import PaperKind, PaperRecord, PaperState
from fakes.facts import at

OFFICE = Viewer("minghu", ViewerRole.OFFICE, "MH")
BUREAU = Viewer("wang", ViewerRole.BUREAU)
ACCESS = Access(
    users={"wang": Grant(ViewerRole.BUREAU)},
    groups={"offices-MH": Grant(ViewerRole.OFFICE, "MH")},
    roles={"viewer": Grant(ViewerRole.SUPERVISION)},
)
LETTER = PaperRecord(
    1, PaperKind.URGE, "催办", ("明湖",), (), None, PaperState.DRAFTED, at("2018-08-13 08:30"), "a", "b", office="MH"
)


@pytest.mark.parametrize(
    ("user", "roles", "groups", "role", "office"),
    [
        ("wang", ["viewer"], ["offices-MH"], ViewerRole.BUREAU, None),
        ("li", ["viewer"], ["offices-MH"], ViewerRole.OFFICE, "MH"),
        ("li", ["viewer"], [], ViewerRole.SUPERVISION, None),
    ],
)
def test_the_nearest_line_says_who_one_is(
    user: str, roles: list[str], groups: list[str], role: ViewerRole, office: str | None
) -> None:
    """A user's own line goes before those of his groups, these before those of his roles."""
    assert ACCESS.viewer(user, roles, groups) == Viewer(user, role, office)


def test_whoever_is_not_listed_is_nobody() -> None:
    assert ACCESS.viewer("li", ["op"], ["others"]) is None


@pytest.mark.parametrize("state", PaperState)
def test_an_office_reads_its_own_papers_once_they_are_signed(state: PaperState) -> None:
    """A draft about it is the bureau's affair; a paper about another office never is its own."""
    letter = replace(LETTER, state=state)
    signed = state in (PaperState.SIGNED, PaperState.DELIVERED, PaperState.ACKNOWLEDGED, PaperState.REVOKED)

    assert OFFICE.sees_paper(letter) is signed
    assert not OFFICE.sees_paper(replace(letter, office="JH"))
    assert not OFFICE.sees_paper(replace(letter, office=None))
    assert BUREAU.sees_paper(letter)


def test_workbooks_with_telephones_are_for_their_office_the_bureau_and_the_data_team() -> None:
    takers = [Viewer("x", role) for role in (ViewerRole.BUREAU, ViewerRole.DATA_TEAM)]

    assert all(viewer.takes_workbooks("MH") for viewer in (*takers, OFFICE))
    assert not OFFICE.takes_workbooks("JH")
    assert not Viewer("x", ViewerRole.SUPERVISION).takes_workbooks("MH")


def test_the_file_of_the_repository_lets_in_administrators_and_whom_they_give_a_role_of_ours() -> None:
    """No role that every user of a log-in has by itself opens the board."""
    access = load_access(ROOT / "plans" / "access.yaml")

    assert set(access.roles) & OF_THE_LOG_IN == {"admin", "Admin"}
    assert all(access.roles[name].role is ViewerRole.DATA_TEAM for name in ("admin", "Admin"))
    assert not access.users
    assert not access.groups


@pytest.mark.parametrize(
    "text",
    ["users: {a: {role: office}}", "users: {a: {role: bureau, office: MH}}", "users: {a: {role: king}}", "x: 1", "["],
)
def test_a_wrong_line_lets_nobody_in(text: str, tmp_path: Path) -> None:
    file = tmp_path / "access.yaml"
    file.write_text(text, "utf-8")

    with pytest.raises(UsageError, match="看板授权文件"):
        load_access(file)
