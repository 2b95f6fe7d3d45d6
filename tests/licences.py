"""The licences that a package of the locks may have, and what each installed one says of itself.

`python -m licences` writes the list to stdout, and ends with 1 when a package has none that is allowed.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
CLASSIFIER = "License :: "

# Free to use, change and pass on, with the notice kept.
PERMISSIVE = frozenset({
    "0BSD", "3-Clause BSD License", "Apache Software License", "Apache-2.0", "Apache License 2.0", "Artistic License",
    "BSD", "BSD License", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "ISC License (ISCL)", "MIT",
    "MIT License", "MIT-0", "PSF-2.0", "Python Software Foundation License", "The Unlicense (Unlicense)", "Unlicense",
    "Zlib", "zlib/libpng License",
})  # fmt: skip
# What is changed in the package itself must be passed on; we change none, and import them as they are.
WEAK_COPYLEFT = frozenset({
    "GNU Library or Lesser General Public License (LGPL)", "LGPL-2.1", "LGPL-2.1-only", "LGPL-3.0-only", "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)", "EPL-2.0",
})  # fmt: skip
ALLOWED = PERMISSIVE | WEAK_COPYLEFT
# What says nothing in its own metadata, and where it does say it.
SAID_ELSEWHERE = {
    "axe-playwright-python": "MIT AND MPL-2.0",  # its licence file; the axe-core that it carries, in its first line
    "openlineage-sql": "Apache-2.0",  # the licence of its project, OpenLineage; the archive itself has none
}


def locked(lock: str) -> set[str]:
    """The packages of a lock, by name."""
    return set(PINNED.findall((ROOT / lock).read_text("utf-8")))


def licence_of(package: Distribution) -> str:
    """What a package says: an SPDX expression, else its classifiers, else its field License."""
    told = package.metadata
    classified = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith(CLASSIFIER)]
    named = [one for one in classified if one != "OSI Approved"]
    free = (told.get("License") or "").strip().splitlines()
    said = told.get("License-Expression") or " OR ".join(named) or (free[0] if free else "")
    return said or SAID_ELSEWHERE.get(package.name.replace("_", "-"), "")


def is_allowed(licence: str) -> bool:
    """Whether an expression leaves a choice in which every part is allowed."""
    choices = re.split(r"\s+OR\s+|;\s*", licence.replace("(MPL 2.0)", "[MPL]").replace("(ISCL)", "[ISCL]"))
    return any(all(_plain(part) in ALLOWED for part in re.split(r"\s+AND\s+", choice)) for choice in choices)


def _plain(part: str) -> str:
    text = part.replace("[MPL]", "(MPL 2.0)").replace("[ISCL]", "(ISCL)").strip()
    return text if text in ALLOWED else text.strip("() ").partition(" WITH ")[0]


def licences(lock: str) -> Iterator[tuple[str, str, str]]:
    """(name, version, licence) of every package of a lock that is installed; others are for other systems."""
    for name in sorted(locked(lock)):
        try:
            package = distribution(name)
        except ModuleNotFoundError:
            continue
        yield name, package.version, licence_of(package)


def main() -> int:
    refused = 0
    for name, version, licence in licences("requirements.lock"):
        verdict = "" if is_allowed(licence) else "NOT ALLOWED"
        refused += bool(verdict)
        sys.stdout.write(f"{name}\t{version}\t{licence}\t{verdict}".rstrip() + "\n")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
