"""Who may see what on the board: roles, and the mapping from the log-in's users, roles and groups to them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from duban.core.papers import IN_FORCE, PaperRecord, PaperState

OUT_OF_HOUSE = (*IN_FORCE, PaperState.REVOKED)
"""The states of a paper that an office has got, or will get: drafts are the bureau's own affair."""


class ViewerRole(StrEnum):
    """The readers of the board."""

    BUREAU = "bureau"
    SUPERVISION = "supervision"
    OFFICE = "office"
    DATA_TEAM = "data_team"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A reader of a plan. `office` is the code of the one office whose data he sees; None for readers of everything.

    Where there are several plans, `plan` is the key of this one, and `plans` are all that he may turn to.
    """

    name: str
    role: ViewerRole
    office: str | None = None
    plan: str = ""
    plans: tuple[str, ...] = ()

    def sees_office(self, code: str | None) -> bool:
        """Whether data of an office (None: of the whole district) are his to read."""
        return self.office is None or self.office == code

    def sees_paper(self, record: PaperRecord) -> bool:
        """An office reads the papers to itself once they are signed; everybody else every paper."""
        return self.office is None or (record.office == self.office and record.state in OUT_OF_HOUSE)

    def takes_workbooks(self, office: str) -> bool:
        """Whether he may download what went back to an office: it holds telephones of private persons."""
        return self.role is not ViewerRole.SUPERVISION and self.sees_office(office)

    @property
    def reads_data_docs(self) -> bool:
        """Whether the pages on rules and validations are his: they tell of all offices."""
        return self.role in {ViewerRole.BUREAU, ViewerRole.DATA_TEAM}


@dataclass(frozen=True, slots=True)
class Grant:
    """One line of the mapping: a role, for an office with its code; `plan`: in the plan with this key alone."""

    role: ViewerRole
    office: str | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """The mapping. A user's own line goes before those of his groups, these before those of his log-in roles."""

    users: Mapping[str, Grant] = field(default_factory=dict)
    groups: Mapping[str, Grant] = field(default_factory=dict)
    roles: Mapping[str, Grant] = field(default_factory=dict)

    def of_plan(self, key: str, *, one_of_several: bool) -> "Access":
        """The lines that hold in a plan. One of several has codes of its own: an office's line has to say which."""

        def holds(grant: Grant) -> bool:
            return grant.plan == key or (grant.plan is None and not (one_of_several and grant.office is not None))

        kinds = (self.users, self.groups, self.roles)
        return Access(*({name: grant for name, grant in kind.items() if holds(grant)} for kind in kinds))

    def viewer(self, name: str, roles: Collection[str], groups: Collection[str] = ()) -> Viewer | None:
        """The reader that a user of the log-in is; None for one whom nobody let in."""
        for known, wanted in ((self.users, (name,)), (self.groups, groups), (self.roles, roles)):
            grant = next((known[key] for key in sorted(wanted) if key in known), None)
            if grant is not None:
                return Viewer(name, grant.role, grant.office)
        return None
