"""What the last long run of a kind of test came to, kept in docs: `python -m long_record KIND JUNIT`.

How each kind went stands in docs/test-long.md, where the chain was killed and what a year of storm came to in
docs/reliability.md: a section each, of a commit and a day of its own.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run
from typing import Any
from xml.etree.ElementTree import Element, parse

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "test-long.md"
RELIABILITY = ROOT / "docs" / "reliability.md"
CRASH_POINTS = ROOT / "var" / "crash-points.json"
STORM = ROOT / "var" / "storm.json"
BEGIN = "<!-- make test-long writes from here -->"
RESULTS = ("passed", "failed", "skipped")


def result_of(case: Element) -> str:
    """How a test ended; an error in its set-up is a failure."""
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def record(file: Path, commit: str, moment: datetime) -> str:
    """A kind's section: when, of which commit, how it went, what failed and why anything was skipped."""
    report = parse(file)  # noqa: S314  # a file that pytest has just written
    cases = list(report.iter("testcase"))
    seconds = sum(float(suite.get("time", 0)) for suite in report.iter("testsuite"))
    counts = Counter(result_of(case) for case in cases)
    failed = [case for case in cases if result_of(case) == "failed"]
    verdict = "every test that ran passed" if not failed else f"{len(failed)} failed"
    return "\n".join([
        f"{moment:%Y-%m-%d %H:%M} UTC, commit {commit}: {verdict}; {seconds / 60:.0f} minutes of testing.",
        f"{', '.join(f'{counts[result]:,} {result}' for result in RESULTS)}.",
        *_listed("Failed", (f"`{case.get('classname')}::{case.get('name')}`" for case in failed)),
        *_listed("Skipped, by reason", _reasons(cases)),
    ])


def _listed(title: str, lines: Iterable[str]) -> Sequence[str]:
    found = [f"- {line}" for line in lines]
    return ["", f"{title}:", "", *found] if found else []


def _reasons(cases: Iterable[Element]) -> Iterator[str]:
    skips = (case.find("skipped") for case in cases)
    reasons = Counter(skip.get("message", "") for skip in skips if skip is not None)
    return (f"{number} × {reason}" for reason, number in sorted(reasons.items()))


def crash_points(trial: Mapping[str, Any], commit: str, moment: datetime) -> str:
    """How many of the points at which a task writes it was killed at, and how many of those a retry made good.

    `trial` is what test_every_point keeps in var/crash-points.json.
    """
    reports = trial["reports"]
    tasks = list(dict.fromkeys(_task(one) for one in reports))
    killed = [one for one in reports if one["killed"]]
    good = [one for one in killed if not one["defects"] and not one["differs"]]
    covered = f"{len(killed)} of {len(trial['found'])} crash points covered, {len(good)} of {len(killed)} made good"
    counts = {task: [sum(_task(one) == task for one in some) for some in (reports, killed, good)] for task in tasks}
    return "\n".join([
        f"{moment:%Y-%m-%d %H:%M} UTC, commit {commit}: {covered}.",
        "",
        "| task | points | killed | made good by the retry |",
        "|---|---|---|---|",
        *(f"| {task} | {' | '.join(map(str, counts[task]))} |" for task in tasks),
    ])


def _task(report: Mapping[str, Any]) -> str:
    """`08-03 17:00 judge` → judge."""
    return str(report["stage"]).rpartition(" ")[2]


def storm(report: Mapping[str, Any], commit: str, moment: datetime) -> str:
    """What became of the weeks with something going wrong all the time; `report` is var/storm.json of test_storm."""
    faults = ", ".join(f"{kind} {number}" for kind, number in sorted(report["faults"].items()))
    run = f"{report['weeks']} weeks, {report['offices']} offices, {report['ticks']} ticks"
    written = f"{report['papers']} papers, {report['numbers']} numbers, {report['mails']} mails"
    waits = f"{report['mean_seconds']:.1f} s in the mean, {report['most_seconds']:.1f} s at most"
    return "\n".join([
        f"{moment:%Y-%m-%d %H:%M} UTC, commit {commit}: {run}; {len(report['defects'])} defects.",
        f"Faults: {faults}; {sum(report['missed'].values())} of them struck nothing.",
        f"{written}; a struck tick was done after {waits}, {report['retries']} retries beyond the first.",
    ])


def described() -> str:
    """The commit at work, `-dirty` with changes that are in none."""
    told = run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"


def main(kind: str, junit: str) -> None:
    """Write the kind's section anew, and what its tests kept besides."""
    about = (described(), datetime.now(UTC))
    write(PAGE, kind, record(Path(junit), *about))
    for file, title, told in ((CRASH_POINTS, "Every crash point", crash_points), (STORM, "A year of storm", storm)):
        if file.exists():
            write(RELIABILITY, title, told(json.loads(file.read_text("utf-8")), *about))
            file.unlink()  # it is of this run


def write(page: Path, title: str, told: str) -> None:
    """Put a section in its place below the page's mark; the others stay as they are."""
    before, _, below = page.read_text("utf-8").partition(BEGIN)
    kept = dict(section.split("\n", 1) for section in below.split("\n## ")[1:])
    sections = {name: text.strip() for name, text in kept.items()} | {title: told}
    told_now = "".join(f"\n## {name}\n\n{text}\n" for name, text in sorted(sections.items()))
    page.write_text(f"{before}{BEGIN}\n{told_now}", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
