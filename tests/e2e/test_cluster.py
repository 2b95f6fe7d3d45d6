"""docker-compose.yml's stack without containers: two schedulers, workers added and killed, the same bytes (issue 7)."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cluster.servers import missing
from cluster.stack import running
from cluster.trial import try_out

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(bool(missing()), reason=f"not provided: {', '.join(missing())}"),
]


def test_weeks_on_the_cluster_equal_those_on_one_machine() -> None:
    """A worker is added and one killed -9 at work; every table and file is as on the embedded Airflow."""
    with TemporaryDirectory(prefix="duban-") as other, running() as stack:
        report = try_out(stack, 2, lambda _line: None, Path(other))

    assert report.differs == []
    assert report.killed
    assert report.added
    assert "没有发现问题" in report.verified
    assert report.unwell == []
    assert report.papers > 5
