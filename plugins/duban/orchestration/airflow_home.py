"""A self-contained Airflow below $DUBAN_HOME/airflow: its whole environment, and its database.

Airflow reads its settings once, when it is imported. So this module imports none of it at the top, and `prepare` runs
before anything else does.
"""

# ruff: noqa: PLC0415 - Airflow itself is imported only after its environment is set, see the docstring

import json
import logging
import os
import secrets
import sys
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from duban.core.errors import InternalError, UserError

ADMIN = "admin"
PORT = 8080
ZONE_NAME = "Asia/Shanghai"

# A user's own value of these wins; everything else decides which installation this is, and is ours.
OVERRIDABLE = {
    "AIRFLOW__API__PORT": str(PORT),
    "AIRFLOW__CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
    "AIRFLOW__CORE__PARALLELISM": "4",
    "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
    # OpenLineage says nothing until a transport is set (docs/operating.md).
    "AIRFLOW__OPENLINEAGE__NAMESPACE": "duban",
    "AIRFLOW__OPENLINEAGE__DISABLE_SOURCE_CODE": "True",
}
# A replay is no news: what watches the live installation hears nothing of it.
QUIET = {
    "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
    "AIRFLOW__METRICS__OTEL_ON": "False",
    "AIRFLOW__METRICS__STATSD_ON": "False",
    "AIRFLOW__OPENLINEAGE__DISABLED": "True",
}


def airflow_home(home: Path) -> Path:
    """The folder of Airflow's own files in the home `home` of duban."""
    return home.absolute() / "airflow"


def password_file(home: Path) -> Path:
    """JSON, user → password; generated, readable by the owner alone."""
    return airflow_home(home) / "passwords.json"


def port(environment: Mapping[str, str]) -> int:
    """Where the web pages answer."""
    return int(environment.get("AIRFLOW__API__PORT", PORT))


def environment(home: Path, root: Path, database_url: str) -> dict[str, str]:
    """Every variable that Airflow needs. `root` holds dags/ and plugins/, `database_url` is that of its metadata."""
    chosen = {key: os.environ.get(key, default) for key, default in OVERRIDABLE.items()}
    folder, keys = airflow_home(home), _keys(airflow_home(home) / "secrets.json")
    _passwords(password_file(home))
    return chosen | {
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__DAGS_FOLDER": str(root / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(root / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": ZONE_NAME,
        "AIRFLOW__CORE__FERNET_KEY": keys["fernet_key"],
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": _users(),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(password_file(home)),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://localhost:{port(chosen)}/execution/",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": sqlalchemy_url(database_url, "psycopg2"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": sqlalchemy_url(database_url, "psycopg_async"),
        "AIRFLOW__API__HOST": "localhost",
        "AIRFLOW__API__BASE_URL": f"http://localhost:{port(chosen)}",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": keys["secret_key"],
        "AIRFLOW__API_AUTH__JWT_SECRET": keys["jwt_secret"],
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "60",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
        # Beside the web port, so that two installations on one machine only differ in that.
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(port(chosen) + 713),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(port(chosen) + 714),
        "AIRFLOW__SCHEDULER__CREATE_CRON_DATA_INTERVALS": "False",
    }


def sqlalchemy_url(url: str, driver: str) -> str:
    """The same database through another `driver` of SQLAlchemy's, whichever `url` names."""
    scheme, separator, rest = url.partition("://")
    if not separator or not scheme.startswith(("postgresql", "postgres")):
        raise UserError(f"数据库地址 {scheme} 不是 PostgreSQL，请改用 postgresql:// 开头的地址。")
    return f"postgresql+{driver}://{rest}"


def prepare(home: Path, root: Path, database_url: str, *, quiet: bool = False) -> None:
    """Point this process, and those it starts, to the Airflow of `home`; `quiet`: errors are logged, no more.

    Raises InternalError when Airflow was set up otherwise before.
    """
    wanted = environment(home, root, database_url)
    if quiet:
        wanted |= QUIET
    if "airflow" in sys.modules and os.environ.get("AIRFLOW_HOME") != wanted["AIRFLOW_HOME"]:
        raise InternalError(f"Airflow was imported before it was told to live in {wanted['AIRFLOW_HOME']}")
    os.environ.update(wanted)


def initialise() -> None:
    """Create or upgrade Airflow's tables; does nothing when they are current. Only after `prepare`."""
    from airflow.utils.db import check_migrations, initdb

    logging.getLogger("alembic").setLevel(logging.WARNING)
    if not _is_current(check_migrations):
        initdb()


def _is_current(check: Callable[[int], None]) -> bool:
    try:
        check(0)
    except TimeoutError:
        return False
    return True


def _users() -> str:
    """The administrator, and a user for everybody whom DUBAN_AIRFLOW_USERS names; Airflow generates his password."""
    from duban.adapters.settings import Settings

    signers = sorted(Settings().users_of_all_plans - {ADMIN})
    return ",".join([f"{ADMIN}:admin", *(f"{user}:user" for user in signers)])


@cache
def _keys(path: Path) -> dict[str, str]:
    """The installation's keys: made once, kept where the owner alone can read them."""
    return _kept(
        path,
        lambda: {
            "fernet_key": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "jwt_secret": secrets.token_urlsafe(48),
            "secret_key": secrets.token_urlsafe(48),
        },
    )


@cache
def _passwords(path: Path) -> dict[str, str]:
    return _kept(path, lambda: {ADMIN: secrets.token_urlsafe(12)})


def _kept(path: Path, make: Callable[[], dict[str, str]]) -> dict[str, str]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(make(), file)
        try:
            os.link(fresh, path)  # fails when another process was first: then its keys hold
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    kept: dict[str, str] = json.loads(path.read_text("utf-8"))
    return kept
