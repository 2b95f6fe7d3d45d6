"""The mail server of the Airflow connection `smtp_duban`, where there is one."""

# ruff: noqa: PLC0415 - a DAG file imports this package again and again; connections are for the task that runs

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duban.adapters.mail import MailSettings

CONNECTION = "smtp_duban"


def mail_settings() -> "MailSettings | None":
    """The settings that the connection says, written as the SMTP provider has them; None without such a connection."""
    from airflow.sdk import Connection
    from airflow.sdk.exceptions import AirflowNotFoundException

    try:
        return settings_of(Connection.get(CONNECTION))
    except AirflowNotFoundException:
        return None


def settings_of(connection: Any) -> "MailSettings":
    """A connection's host, port, login and extras (disable_ssl, disable_tls, from_email, timeout) as settings."""
    from duban.adapters.mail import MailSettings, Security

    extra = connection.extra_dejson
    tls, starttls = not _true(extra.get("disable_ssl")), not _true(extra.get("disable_tls"))
    security = Security.TLS if tls else Security.STARTTLS if starttls else Security.NONE
    return MailSettings(
        host=connection.host or "",
        port=connection.port or 25,
        security=security,
        user=connection.login or "",
        password=connection.password or "",
        sender=extra.get("from_email") or connection.login or "",
        timeout=float(extra.get("timeout") or 30),
    )


def _true(value: object) -> bool:
    return str(value).lower() == "true"
