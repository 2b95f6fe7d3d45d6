"""The stack, running: processes as services, as many of each as one likes, one of them killed where one likes."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from cluster.compose import HEALTH, ROOT, Place, dot_env
from cluster.pages import Pages
from cluster.servers import PostgresServer, RedisServer, answers
from fakes.installation import free_port, wait_for

SERVICES = {
    "airflow-apiserver": 1,
    "airflow-scheduler": 2,
    "airflow-dag-processor": 1,
    "airflow-triggerer": 1,
    "airflow-worker": 2,
}
"""How many of each at the start."""
SCALED = "airflow-dag-processor"
"""Of this there is a second one as soon as every DAG is known.

Two at once on an empty database insert the same row, and one of them ends (Airflow 3.3.2); a container starts again.
"""
DAGS = len(list((ROOT / "dags").glob("*.py")))
HEALTH_PAGE = "/api/v2/monitor/health"
HEALTHY_PARTS = ("metadatabase", "scheduler", "triggerer", "dag_processor")
START_SECONDS = 900.0
STOP_SECONDS = 60.0
# What differs from the file. Containers have a network each, here all share one: each process gets ports of its own.
# A killed worker is missed after 30 seconds instead of 300, so that a trial does not wait; days that are simulated
# need no runs of today's.
OF_A_TRIAL = {
    "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
    "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "False",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "30",
    "AIRFLOW__API__HOST": "127.0.0.1",
    "AIRFLOW__API__WORKERS": "1",
}


@dataclass
class Service:
    """One process of a service, the leader of a session of its own."""

    name: str
    number: int
    process: "subprocess.Popen[bytes]"
    environment: dict[str, str]

    @property
    def label(self) -> str:
        return f"{self.name}-{self.number}"

    def family(self) -> list[psutil.Process]:
        """The process and all its descendants."""
        try:
            leader = psutil.Process(self.process.pid)
            return [leader, *leader.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def kill(self) -> None:
        """Kill -9 of the whole of it, as the end of a container is."""
        for process in self.family():
            with _gone():
                process.send_signal(signal.SIGKILL)
        self.process.wait(STOP_SECONDS)


@contextmanager
def _gone() -> Iterator[None]:
    try:
        yield
    except psutil.NoSuchProcess:
        return


@dataclass
class Stack:
    """The whole stack in a folder."""

    place: Place
    postgres: PostgresServer
    services: list[Service] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.place.pages}"

    def environment(self, service: str) -> dict[str, str]:
        return self.place.environment(service) | OF_A_TRIAL | self.extra

    def begin(self) -> None:
        """Start everything, in the file's order: what is needed first is well before the next is started."""
        self.place.home.mkdir(parents=True)
        self.place.airflow_home.mkdir()
        self._begin_servers()
        self.run("airflow-init")
        for name, number in SERVICES.items():
            for _ in range(number):
                self.start(name)
        self.await_health()
        pages = Pages(self.url, self.log_in())
        wait_for(lambda: pages.ask("/api/v2/dags")["total_entries"], lambda number: number == DAGS, START_SECONDS)
        self.start(SCALED)

    def _begin_servers(self) -> None:
        self.postgres.start()
        script = [str(ROOT / "docker" / "create-databases.sh")]
        own = {**self.environment("postgres"), **self.postgres.environment}
        subprocess.run(script, env=own, check=True, capture_output=True)
        queue = RedisServer(self.place.folder / "redis", self.place.redis)
        environment = self.environment("redis")
        process = queue.start(self.place.command("redis"), environment)
        self.services.append(Service("redis", 1, process, environment))
        check = [
            word.replace("redis-cli", f"redis-cli -p {self.place.redis}") for word in self.place.healthcheck("redis")
        ]
        if not answers(check, environment):
            raise OSError((queue.folder / "log").read_text("utf-8"))
        if not answers(self.place.healthcheck("postgres"), own):
            raise OSError("PostgreSQL does not let the role duban in")

    def run(self, service: str, *words: str) -> str:
        """Run a service that ends, as `docker compose run --rm` does; its output. Raises when it fails."""
        command = [*self.place.command(service)[:1], *words] if words else self.place.command(service)
        done = subprocess.run(
            command, env=self.environment(service), cwd=self.place.folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise OSError(f"{' '.join(command)} ended as {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self, name: str) -> Service:
        """One more process of a service."""
        number = 1 + sum(service.name == name for service in self.services)
        environment = self.environment(name) | self._ports() | {"HOSTNAME": self._hostname(name, number)}
        command = self.place.command(name)
        if name == "airflow-worker":
            command += ["--celery-hostname", f"celery@{environment['HOSTNAME']}"]
        logs = self.place.folder / "output"
        logs.mkdir(exist_ok=True)
        with (logs / f"{name}-{number}.log").open("ab") as log:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=self.place.folder,
                start_new_session=True,
            )  # fmt: skip
        service = Service(name, number, process, environment)
        self.services.append(service)
        return service

    def _ports(self) -> dict[str, str]:
        """The ports on which a container would listen alone."""
        return {
            "AIRFLOW__API__PORT": str(self.place.pages),
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(free_port()),
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
        }

    @staticmethod
    def _hostname(name: str, number: int) -> str:
        return f"worker-{number}" if name == "airflow-worker" else socket.gethostname()

    def await_health(self) -> None:
        """Wait until Airflow says that all its parts are well."""
        if not wait_for(self._parts_are_well, bool, START_SECONDS):
            raise OSError("\n".join(f"{one.label}: {self.last_words(one)}" for one in self.services))

    def unwell(self) -> list[str]:
        """The services that the file's own healthcheck finds unwell; the first process of each is asked."""
        first = {service.name: service for service in reversed(self.services) if service.name != "redis"}
        return [service.label for service in first.values() if not answers(self._check(service), service.environment)]

    def _check(self, service: Service) -> list[str]:
        port = service.environment["AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT"]
        return [word.replace(str(HEALTH), port) for word in self.place.healthcheck(service.name)]

    def _parts_are_well(self) -> bool:
        for service in self.services:
            if service.process.poll() is not None:
                raise OSError(f"{service.label} ended as {service.process.returncode}: {self.last_words(service)}")
        try:
            report = Pages(self.url).ask(HEALTH_PAGE)
        except OSError:  # nobody answers yet
            return False
        return all(report[part]["status"] == "healthy" for part in HEALTHY_PARTS)

    def last_words(self, service: Service) -> str:
        log = self.place.folder / "output" / f"{service.label}.log"
        return "\n".join(log.read_text("utf-8", "replace").splitlines()[-30:])

    def workers(self) -> list[Service]:
        """The workers that are alive."""
        return [one for one in self.services if one.name == "airflow-worker" and one.process.poll() is None]

    def owner(self, pid: int) -> Service | None:
        """The worker at whose a task's process is at work."""
        return next((one for one in self.workers() if any(process.pid == pid for process in one.family())), None)

    def log_in(self) -> str:
        """A token of the first user's, as FabAuthManager gives it."""
        told = {"username": self.place.env["AIRFLOW_ADMIN"], "password": self.place.env["AIRFLOW_ADMIN_PASSWORD"]}
        return str(Pages(self.url).ask("/auth/token", told)["access_token"])

    def end(self) -> list[str]:
        """Stop everything; what had to be killed in the end."""
        families = [process for service in self.services for process in service.family()]
        for service in self.services:
            if service.name != "redis":
                with _gone_group():
                    os.killpg(service.process.pid, signal.SIGTERM)
        queue = [service for service in self.services if service.name == "redis"]
        of_queue = {process.pid for service in queue for process in service.family()}
        _, left = psutil.wait_procs([one for one in families if one.pid not in of_queue], timeout=STOP_SECONDS)
        names = [f"{process.pid}" for process in left]
        for process in [*left, *(process for service in queue for process in service.family())]:
            with _gone():
                process.kill()
        for service in self.services:
            service.process.wait(STOP_SECONDS)
        self.postgres.stop()
        return names


@contextmanager
def _gone_group() -> Iterator[None]:
    try:
        yield
    except ProcessLookupError:
        return


@contextmanager
def running(folder: Path | None = None) -> Iterator[Stack]:
    """The stack in a folder of its own, stopped and removed afterwards."""
    with TemporaryDirectory(prefix="duban-cluster-", ignore_cleanup_errors=True) as made:
        base = folder or Path(made)
        base.mkdir(parents=True, exist_ok=True)
        base.chmod(0o755)  # PostgreSQL's user must get through
        env = dot_env()
        place = Place(base, free_port(), free_port(), free_port(), env)
        stack = Stack(place, PostgresServer(base / "postgres", place.postgres, env["POSTGRES_PASSWORD"]))
        try:
            stack.begin()
            yield stack
        finally:
            stack.end()
