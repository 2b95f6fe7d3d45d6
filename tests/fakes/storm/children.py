"""The processes of a tick: one each, told where to suffer what, as a task of Airflow's has its own."""

import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from duban.adapters.mail import MailSettings
from duban.adapters.settings import Settings
from duban.wiring import open_app
from fakes.crash.effects import watch_commits, watch_files
from fakes.storm.weeks import Tick, run_tick

Strike = Callable[[], None]
LOOK_AGAIN_SECONDS = 0.02


def kill() -> None:
    """The machine's end, or the kernel's killer of memory's users."""
    os.kill(os.getpid(), signal.SIGKILL)


def stop() -> None:
    """A pause of any length: until somebody else lets it go on."""
    os.kill(os.getpid(), signal.SIGSTOP)


def fill_disk() -> None:
    """From here on no file takes a byte more: what a full disk says to whoever writes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@dataclass(frozen=True)
class Child:
    """A process at work on a tick."""

    pid: int

    def wait(self, *, also_stopped: bool = False) -> int:
        """How it ended, as waitpid tells it; or that it was stopped."""
        return os.waitpid(self.pid, os.WUNTRACED if also_stopped else 0)[1]

    def ended(self, seconds: float) -> int | None:
        """How it ended within so many seconds; None while it goes on."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return status
            time.sleep(LOOK_AGAIN_SECONDS)
        return None

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)


@dataclass(frozen=True)
class Works:
    """Where ticks are run: settings, the mail server, the log of all that the processes say, and their effects."""

    settings: Settings
    mail: MailSettings
    log: Path
    effects: Path

    def start(self, tick: Tick, at: int | None = None, strike: Strike | None = None) -> Child:
        """A process that runs the tick; before its `at`-th effect, counted from 1, it is struck."""
        child = os.fork()
        if child:
            return Child(child)
        code = 1
        try:
            self._become_a_task()
            self._run(tick, at, strike)
            code = 0
        finally:
            if code:
                sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]  # there is one
                sys.stderr.flush()
            os._exit(code)  # whatever happened: a child must not go on with its parent's work

    def _become_a_task(self) -> None:
        log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for stream in (1, 2):
            os.dup2(log, stream)

    def _run(self, tick: Tick, at: int | None, strike: Strike | None) -> None:
        taken = 0

        def step(_label: str) -> None:
            nonlocal taken
            taken += 1
            if taken == at and strike is not None:
                strike()

        with open_app(self.settings) as app:
            watch_files(self.settings.home, step)
            watch_commits(app.engine, step)
            run_tick(app, tick, self.mail)
        self.effects.write_text(str(taken), "ascii")
