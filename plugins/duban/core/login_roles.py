"""The roles that a log-in must know so that the board's file can name them, and what each may do in Airflow's pages.

Names of resources and actions are FabAuthManager's.
"""

from collections.abc import Mapping

from duban.core.access import Access, ViewerRole

OF_THE_LOG_IN = frozenset({"admin", "Admin", "Op", "User", "Viewer", "Public"})
"""Roles that are there anyway: SimpleAuthManager's and FabAuthManager's own."""

Permissions = Mapping[str, str]

READER: Permissions = {
    "Website": "can_read",
    "My Profile": "can_read,can_edit",
    "My Password": "can_read,can_edit",
}
"""Who reads the board, and nothing of Airflow's own."""

SIGNER: Permissions = {
    **READER,
    "DAGs": "can_read,menu_access",
    "DAG Runs": "can_read,menu_access",
    "Task Instances": "can_read,menu_access",
    "HITL Detail": "can_read,can_edit,menu_access",
    "Browse": "menu_access",
}
"""Who is asked to review and to sign; Airflow itself asks nobody but the person assigned."""

OPERATOR: Permissions = {
    **SIGNER,
    "DAGs": "can_read,can_edit,menu_access",
    "DAG Runs": "can_read,can_create,can_edit,menu_access",
    "Task Instances": "can_read,can_create,can_edit,menu_access",
    "Task Logs": "can_read",
    "DAG Code": "can_read",
    "DAG Versions": "can_read",
    "ImportError": "can_read",
    "Jobs": "can_read,menu_access",
    "Pools": "can_read,menu_access",
    "XComs": "can_read",
}
"""Who looks after the runs: starts, clears and pauses them. Neither users nor connections are his to change."""

OF_VIEWER: Mapping[ViewerRole, Permissions] = {
    ViewerRole.OFFICE: READER,
    ViewerRole.BUREAU: SIGNER,
    ViewerRole.SUPERVISION: SIGNER,
    ViewerRole.DATA_TEAM: OPERATOR,
}


Pairs = list[tuple[str, str]]
"""What may be done to what: (action, resource)."""


def login_roles(access: Access) -> dict[str, Pairs]:
    """Every role of `access` that the log-in does not have by itself → what it may do."""
    return {
        name: pairs(OF_VIEWER[grant.role]) for name, grant in sorted(access.roles.items()) if name not in OF_THE_LOG_IN
    }


def pairs(permissions: Permissions) -> Pairs:
    return [(action, resource) for resource, actions in permissions.items() for action in actions.split(",")]


def withdrawn(held: Pairs, wanted: Pairs) -> Pairs:
    """What a role holds that duban gives to some readers and not, or not any more, to this one.

    What an administrator gave beyond all that is not duban's to take away.
    """
    ours = {pair for permissions in OF_VIEWER.values() for pair in pairs(permissions)}
    return [pair for pair in held if pair in ours and pair not in wanted]
