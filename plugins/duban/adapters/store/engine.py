"""The way to the business database."""

import sqlalchemy
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from duban.core.errors import UsageError

SCHEMA = "duban"
DRIVER = "postgresql+psycopg"
SESSION = "-c timezone=Asia/Shanghai"


def create_engine(url: str) -> Engine:
    """An engine on a PostgreSQL URL; instants come back in Asia/Shanghai, dead connections are replaced.

    An error quotes its statement and none of its values: those are what offices wrote, and errors end in logs.
    Raises UsageError when `url` is no PostgreSQL URL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise UsageError("数据库地址无法识别，应为 postgresql://用户:密码@主机/库名。") from error
    if parsed.get_backend_name() != "postgresql":
        raise UsageError(
            f"数据库地址为 {parsed.get_backend_name()}，只支持 PostgreSQL：postgresql://用户:密码@主机/库名。"
        )
    return sqlalchemy.create_engine(
        parsed.set(drivername=DRIVER), pool_pre_ping=True, hide_parameters=True, connect_args={"options": SESSION}
    )
