"""`make cluster`: docker-compose.yml's stack without containers, some weeks on it, and what came of them."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from cluster.servers import missing
from cluster.stack import running
from cluster.trial import try_out


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(weeks: str = "2", keep: str = "") -> int:
    """Returns 0 when the stack gave what the embedded Airflow gives, byte for byte."""
    if absent := missing():
        tell(f"not there: {', '.join(absent)}; on Debian: apt-get install redis-server")
        return 2
    with TemporaryDirectory(prefix="duban-") as other, running(Path(keep) if keep else None) as stack:
        tell(f"up: {', '.join(service.label for service in stack.services)}; pages on {stack.url}")
        report = try_out(stack, int(weeks), tell, Path(other))
    tell(f"{report.ticks} runs in {report.seconds:.0f} s; {report.added} added, {report.killed} killed -9 at work")
    tell(f"healthchecks of the file: {'all content' if not report.unwell else f'NOT {report.unwell}'}")
    tell(f"duban verify: {report.verified}")
    for line in report.differs:
        tell(f"differs: {line}")
    verdict = "NOT as on the embedded Airflow" if report.differs else "every table and file as on the embedded Airflow"
    tell(f"{report.papers} papers; {verdict}")
    return 1 if report.differs or report.unwell else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
