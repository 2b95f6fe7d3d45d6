"""An inbox that is no local folder, against real servers: a bucket (moto) and an SFTP home (asyncssh).

Reading runs in a process of its own, as it does in production: Airflow is set up before it is imported.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("MH/周报.xlsx", "MH/{{ conn.store.password }}.xlsx", "MH/2018-08-03/工作台账.csv", "MH/empty.xlsx")
PASSED_OVER = ("MH/~$周报.xlsx", "MH/旧/a.xlsx", "XY/不问.xlsx")
PASSWORD = "password-of-the-store"  # noqa: S105 - of a server that lives for one test
READER = """
import json, sys
from datetime import UTC, datetime, timedelta
from duban.adapters.inbox import open_inbox
from duban.core.errors import FolderGoneError, InboxError

class InAnHour:
    def now(self):
        return datetime.now(UTC) + timedelta(hours=1)

inbox = open_inbox(sys.argv[1], InAnHour())
told = {}
for office in ("MH", "JH"):
    try:
        files = inbox.listing([office], InAnHour().now())
    except FolderGoneError:
        continue
    told |= {file.path: [file.size, file.settled, inbox.read(file.path, 4).decode()] for file in files}
try:
    inbox.read("MH/gone.xlsx", 4)
except InboxError:
    told["gone"] = True
print(json.dumps(told), file=sys.stderr)
"""


def content(name: str) -> bytes:
    return b"" if "empty" in name else b"content"


def told_by(url: str, connection: dict[str, Any], home: Path) -> dict[str, Any]:
    """What an inbox at `url` shows, with the Airflow connection `store`."""
    environment = {
        **os.environ,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW_CONN_STORE": json.dumps(connection),
        "PYTHONPATH": str(ROOT / "plugins"),
    }
    done = subprocess.run(
        [sys.executable, "-c", READER, url], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    told: dict[str, Any] = json.loads(done.stderr.splitlines()[-1])
    return told


EXPECTED = {name: [len(content(name)), True, content(name)[:4].decode()] for name in NAMES} | {"gone": True}


@pytest.fixture
def bucket() -> Iterator[str]:
    """The address of an S3 server with the bucket `returns`."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=address,
        aws_access_key_id="duban",
        aws_secret_access_key=PASSWORD,
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="returns")
    client.put_object(Bucket="returns", Key="inbox/MH/", Body=b"")
    for name in NAMES + PASSED_OVER:
        client.put_object(Bucket="returns", Key=f"inbox/{name}", Body=content(name))
    yield address
    client.close()
    server.stop()


def test_a_bucket_is_an_inbox(bucket: str, tmp_path: Path) -> None:
    """Prefixes are folders, the marker of an empty one is no file, an office without objects has sent nothing."""
    connection = {
        "conn_type": "aws",
        "login": "duban",
        "password": PASSWORD,
        "extra": {"endpoint_url": bucket, "region_name": "us-east-1"},
    }

    assert told_by("s3://store@returns/inbox", connection, tmp_path) == EXPECTED


@pytest.fixture
def sftp_port(tmp_path: Path) -> Iterator[int]:
    """The port of an SFTP server whose root holds `inbox/`."""
    for name in NAMES + PASSED_OVER:
        path = tmp_path / "served" / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(name))
    (tmp_path / "served" / "inbox" / "MH" / "link.xlsx").symlink_to("/etc/passwd")
    loop = asyncio.new_event_loop()
    serving = Thread(target=loop.run_forever)
    serving.start()
    server = asyncio.run_coroutine_threadsafe(_serve(tmp_path / "served"), loop).result(timeout=30)
    yield server.get_port()
    loop.call_soon_threadsafe(server.close)
    asyncio.run_coroutine_threadsafe(server.wait_closed(), loop).result(timeout=30)
    loop.call_soon_threadsafe(loop.stop)
    serving.join(timeout=30)
    loop.close()


async def _serve(root: Path) -> Any:
    import asyncssh

    class AnyoneWithThePassword(asyncssh.SSHServer):
        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == ("duban", PASSWORD)

    return await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=AnyoneWithThePassword,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(root).encode()),
    )


def test_an_sftp_home_is_an_inbox(sftp_port: int, tmp_path: Path) -> None:
    """Files of the offices' folders, no links; a missing folder is told apart."""
    connection = {
        "conn_type": "sftp",
        "host": "127.0.0.1",
        "port": sftp_port,
        "login": "duban",
        "password": PASSWORD,
        "extra": {"no_host_key_check": "true"},
    }

    assert told_by("sftp://store@/inbox", connection, tmp_path) == EXPECTED
