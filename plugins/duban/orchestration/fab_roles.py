"""Gives FabAuthManager the roles that the board's file names; docker/initialise runs it at every start of the stack."""

# ruff: noqa: PLC0415 - FabAuthManager is not installed everywhere, and Airflow reads its settings when it is imported

from duban.core.errors import UsageError


def sync_roles() -> list[str]:
    """Make the roles, or bring them up to date both ways; returns their names.

    Raises UsageError without FabAuthManager.
    """
    from airflow.configuration import conf

    from duban.adapters.accessfile import load_access
    from duban.adapters.settings import Settings
    from duban.core.login_roles import login_roles, withdrawn

    if not conf.get("core", "auth_manager").endswith(".FabAuthManager"):
        raise UsageError("只有 FabAuthManager 才有角色可设；现在用的是别的登录方式（AIRFLOW__CORE__AUTH_MANAGER）。")
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    wanted = login_roles(load_access(Settings().access))
    with get_application_builder() as builder:
        security = builder.sm
        security.bulk_sync_roles([{"role": name, "perms": permissions} for name, permissions in wanted.items()])
        for name, permissions in wanted.items():
            role = security.find_role(name)
            held = {(one.action.name, one.resource.name): one for one in role.permissions}
            for pair in withdrawn(list(held), permissions):
                security.remove_permission_from_role(role, held[pair])
    return list(wanted)
