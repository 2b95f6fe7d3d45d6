"""Folders of .csv files: listed, read and waited for as one return each (returns.md, "The weekly return")."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from duban.core.csv_folder import folder_of, is_folder, join, unpack
from duban.core.errors import UnreadableReturnError
from duban.core.gate.structure import CSV, LARGEST_RETURN
from duban.core.messages import FOUND
from duban.core.returns import Form
from duban.core.sheets import RawBook, RawSheet
from duban.pipeline.check import Checker
from duban.pipeline.ports import NewFile, Reader, SeenFile

LOG = logging.getLogger(__name__)

PATIENCE = timedelta(hours=1)
"""How long a folder that lacks a table is waited for, from the cut-off and from its last file on."""

_MEGABYTE = 1 << 20


def gathered(seen: Iterable[SeenFile]) -> dict[SeenFile, tuple[SeenFile, ...]]:
    """What was seen, each folder of .csv files as one file, and of what each is made.

    A folder is as old as its newest file and settled when all are; so a changed file makes a new version of the whole.
    """
    folders: defaultdict[str, list[SeenFile]] = defaultdict(list)
    alone: dict[SeenFile, tuple[SeenFile, ...]] = {}
    for file in seen:
        if folder := folder_of(file.path):
            folders[folder].append(file)
        else:
            alone[file] = (file,)
    return alone | {_as_one(folder, files): tuple(files) for folder, files in folders.items()}


def _as_one(folder: str, files: Sequence[SeenFile]) -> SeenFile:
    return SeenFile(
        office=files[0].office,
        path=folder,
        size=sum(file.size for file in files),
        modified_at=max(file.modified_at for file in files),
        settled=all(file.settled for file in files),
    )


class ReturnReader:
    """ports.Reader for whatever a return is: a workbook, or the packed files of a folder, told by its name."""

    def __init__(self, reader: Reader, form: Form) -> None:
        self._reader = reader
        self._form = form

    def read_all(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, RawBook | UnreadableReturnError]]:
        """As ports.Reader.read_all; names are paths of the inbox."""
        for name, content in files:
            if is_folder(name):
                yield name, self._read_folder(name, content)
            else:
                yield from self._reader.read_all([(name, content)])

    def _read_folder(self, path: str, content: bytes) -> RawBook | UnreadableReturnError:
        if len(content) > LARGEST_RETURN:
            size, limit = len(content) / _MEGABYTE, LARGEST_RETURN // _MEGABYTE
            return UnreadableReturnError("F08", FOUND["F08.folder"].format(size=size, limit=limit))
        try:
            return join(path, self._sheets(unpack(content)), self._form)
        except UnreadableReturnError as error:
            return error

    def _sheets(self, members: Mapping[str, bytes]) -> Iterator[RawSheet]:
        """A sheet of each file that holds a table; raises UnreadableReturnError for one that cannot be read."""
        for name, book in self._reader.read_all(members.items()):
            if isinstance(book, RawBook):
                if book.container != CSV:
                    raise UnreadableReturnError("F01", FOUND["F01.workbook"].format(name=name))
                yield from book.sheets
            elif not book.prose:
                raise UnreadableReturnError(book.code, FOUND["F01.member"].format(name=name, found=book.found))


class CsvFolders:
    """Says when a folder may be taken in: returns.md has it wait until the tables that its week owes are there."""

    def __init__(self, reader: Reader, checker: Checker) -> None:
        self._reader = reader
        self._checker = checker

    def ready_at(self, file: NewFile, content: bytes) -> datetime:
        """The instant from which the folder counts as received, `content` being its packed files.

        That is its time of receipt when it is complete, and when it cannot be read, for then its office must be told.
        A folder that stays incomplete is taken as it stands an hour after its week's cut-off and its last file.
        """
        [(_, book)] = self._reader.read_all([(file.path, content)])
        if isinstance(book, UnreadableReturnError):
            return file.received_at
        lacks, week = self._checker.lacks_sheets(book, file.received_at)
        if not lacks:
            return file.received_at
        return max(file.received_at, week.cutoff if week else file.received_at) + PATIENCE
