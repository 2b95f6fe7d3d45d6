"""The mail server of a year, in a process of its own."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from mailbox import Maildir
from pathlib import Path

from duban.adapters.mail import MailSettings, Security

PLANTED = "planted-secret-7788"
"""A password that no log may show."""


class MailServer:
    """aiosmtpd in a process of its own; keeps what it gets in a Maildir."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.settings = MailSettings(
            host="127.0.0.1", port=self._port, security=Security.NONE, sender="duban@example.com", password=PLANTED
        )

    @contextmanager
    def running(self) -> Iterator[None]:
        Maildir(str(self._folder))
        self.start()
        try:
            yield
        finally:
            self.stop()

    def start(self) -> None:
        """Start it and wait until it answers."""
        address = f"127.0.0.1:{self._port}"
        command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", address, "-c", "aiosmtpd.handlers.Mailbox"]
        self._process = subprocess.Popen([*command, str(self._folder)], stderr=subprocess.DEVNULL)
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait()
