"""The one channel on which the data team is told what needs a person."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox

from duban.adapters.alerts import FolderAlerts, carrier
from duban.adapters.shelf import FileShelf
from duban.core.alerts import Alert
from duban.core.errors import UsageError
from duban.core.weeks import ZONE

AT = datetime(2018, 9, 3, 8, 30, tzinfo=ZONE)
ALERT = Alert("failed:weekly_report.draft", "任务失败", "办法：改正后清除任务。", AT)


def test_an_alert_is_a_file_of_its_day(tmp_path: Path) -> None:
    """Subject, time, what to do."""
    assert FolderAlerts(FileShelf(tmp_path)).tell(ALERT)

    letter = (tmp_path / "2018-09-03" / "failed-weekly_report.draft.txt").read_text("utf-8")
    assert letter == "任务失败\n\n时间：2018-09-03 08:30\n\n办法：改正后清除任务。\n"


def test_the_same_thing_is_told_once_a_day(tmp_path: Path) -> None:
    """Also when it says something else by now; the next day it is told again."""
    carried: list[Alert] = []
    alerts = FolderAlerts(FileShelf(tmp_path), carried.append)
    later = Alert(ALERT.key, "任务失败", "又一次。", AT + timedelta(hours=2))
    tomorrow = Alert(ALERT.key, "任务失败", "又一次。", AT + timedelta(days=1))

    assert [alerts.tell(one) for one in (ALERT, ALERT, later, tomorrow)] == [True, False, False, True]
    assert carried == [ALERT, tomorrow]


def test_a_key_of_any_kind_stays_in_the_folder(tmp_path: Path) -> None:
    """A key may hold a run's name."""
    FolderAlerts(FileShelf(tmp_path)).tell(Alert("../../x:/manual__2018+08:00", "s", "t", AT))

    assert [path.parent.name for path in tmp_path.rglob("*.txt")] == ["2018-09-03"]


def test_a_channel_that_is_away_loses_nothing_and_breaks_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The file stands; the log names neither address nor password."""
    carry = carrier("smtp://clerk:secret@127.0.0.1:1/?from=a@x&to=b@x")

    assert FolderAlerts(FileShelf(tmp_path), carry).tell(ALERT)
    assert "stands in the folder only" in caplog.text
    assert "secret" not in caplog.text


def test_an_alert_goes_by_mail(tmp_path: Path) -> None:
    """To everybody who is named in the address or in the alert."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Mailbox(tmp_path / "mail"), hostname="127.0.0.1", port=port)
    server.start()
    try:
        carrier(f"smtp://127.0.0.1:{port}/?from=duban@x.cn&to=a@x.cn&to=b@x.cn")(replace(ALERT, to=("c@x.cn",)))
    finally:
        server.stop()

    [file] = (tmp_path / "mail" / "new").iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (mail["Subject"], mail["To"]) == ("任务失败", "a@x.cn, b@x.cn, c@x.cn")
    assert "改正后清除任务" in mail.get_content()


@pytest.fixture
def hook() -> Iterator[tuple[str, list[bytes]]]:
    """A web hook, and what was posted to it."""
    posted: list[bytes] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Hook)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", posted
    server.shutdown()
    server.server_close()


def test_an_alert_goes_to_a_web_hook(hook: tuple[str, list[bytes]]) -> None:
    """As JSON in UTF-8."""
    url, posted = hook
    carrier(url)(ALERT)

    assert "任务失败".encode() in posted[0]


@pytest.mark.parametrize("address", ["ftp://x", "smtp://host", "smtp:///?from=a&to=b", "nonsense"])
def test_an_address_that_says_nothing_is_refused(address: str) -> None:
    """With how to write it."""
    with pytest.raises(UsageError, match="DUBAN_ALERTS"):
        carrier(address)
