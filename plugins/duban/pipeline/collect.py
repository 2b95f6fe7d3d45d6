"""Collecting: from the offices' folders into the archive and the ledger.

Every step can be the last one before a power cut: a file is archived before it is registered, and what a listing showed
and nobody registered comes up again with the next one, with the time of receipt that it had the first time.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from duban.core.csv_folder import is_folder, pack
from duban.core.errors import FolderGoneError, InboxError
from duban.core.masking import mask
from duban.pipeline.csv_folders import CsvFolders, gathered
from duban.pipeline.ports import Archive, Inbox, Ledger, NewFile, SeenFile

LOG = logging.getLogger(__name__)

LARGEST_KEPT = 64 * 1024 * 1024
"""Bytes kept of a file. Whatever is larger is returned as too large in any case (F08: 20 MB), and is kept cut off."""

TAKEN_TOGETHER = 100
"""Files that are registered in one transaction, once each is in the archive."""

Limit = Callable[[Sequence[NewFile], datetime], Sequence[NewFile]]


def unlimited(files: Sequence[NewFile], _as_of: datetime) -> Sequence[NewFile]:
    """Where no plan says how much an office may send."""
    return files


class Collect:
    """Takes in what is new in the folders of `offices` (their codes), as far as `limit` lets it through."""

    def __init__(
        self,
        inbox: Inbox,
        archive: Archive,
        ledger: Ledger,
        folders: CsvFolders,
        offices: Sequence[str],
        limit: Limit = unlimited,
    ) -> None:
        self._inbox = inbox
        self._folders = folders
        self._archive = archive
        self._ledger = ledger
        self._offices = tuple(offices)
        self._limit = limit

    def discover(self, as_of: datetime) -> tuple[int, ...]:
        """Take in every new file that was there at `as_of`; returns the ids of all returns that wait for judgement.

        A folder or file that cannot be read is left for the next round and keeps no other from being taken in. Raises
        InboxError when no folder at all can be read.
        """
        listings = self._listings(as_of)
        seen = gathered(file for files in listings.values() for file in files)
        parts = {file.path: made_of for file, made_of in seen.items()}
        new = self._limit(self._ledger.register_listing(as_of, list(seen), list(listings)), as_of)
        for first in range(0, len(new), TAKEN_TOGETHER):
            self._take_in(new[first : first + TAKEN_TOGETHER], parts, as_of)
        return tuple(received.return_id for received in self._ledger.unjudged())

    def _listings(self, as_of: datetime) -> dict[str, Sequence[SeenFile]]:
        """The folders that could be listed to their end; one that could not counts as not looked at.

        A folder that is not there is empty as long as its office has sent nothing; after that it is lost, and its
        office is not late for that.
        """
        listings: dict[str, Sequence[SeenFile]] = {}
        failed: InboxError | None = None
        for office in self._offices:
            try:
                listings[office] = self._listing(office, as_of)
            except InboxError as error:
                LOG.warning("the folder of %s could not be listed: %s", office, mask(str(error)))
                failed = error
        if failed is not None and not listings:
            raise failed
        return listings

    def _listing(self, office: str, as_of: datetime) -> Sequence[SeenFile]:
        try:
            return self._inbox.listing([office], as_of)
        except FolderGoneError:
            if self._ledger.has_sent(office):
                raise
            return ()

    def _take_in(self, files: Sequence[NewFile], parts: Mapping[str, Sequence[SeenFile]], as_of: datetime) -> None:
        """Archive the files one by one and register them together: those archived, whatever becomes of the next."""
        archived: list[tuple[NewFile, str]] = []
        try:
            for kept, content in self._contents(files, parts, as_of):
                archived.append((kept, self._archive.put(content)))
        finally:
            self._ledger.register_files(archived)

    def _contents(
        self, files: Sequence[NewFile], parts: Mapping[str, Sequence[SeenFile]], as_of: datetime
    ) -> Iterator[tuple[NewFile, bytes]]:
        """Those of the files that are taken in now, each with what is kept of it."""
        for file in files:
            taken = self._taken(file, parts[file.path], as_of)
            if taken is not None:
                yield taken

    def _taken(self, file: NewFile, parts: Sequence[SeenFile], as_of: datetime) -> tuple[NewFile, bytes] | None:
        try:
            contents = self._read(parts)
        except InboxError as error:
            LOG.warning("%s could not be read: %s", ascii(mask(file.path)), mask(str(error)))
            return None
        if contents is None:
            LOG.info(
                "%s changed while it was read; its new content comes with the next listing", ascii(mask(file.path))
            )
            return None
        if is_folder(file.path):
            return self._taken_folder(file, contents, as_of)
        return file, contents[file.path]

    def _taken_folder(
        self, file: NewFile, contents: Mapping[str, bytes], as_of: datetime
    ) -> tuple[NewFile, bytes] | None:
        """A folder once it is complete. What a clerk left of one that was taken in before is no new return."""
        content = pack({PurePosixPath(path).name: contents[path] for path in contents})
        ready_at = self._folders.ready_at(file, content)
        incomplete = ready_at > file.received_at
        if ready_at > as_of or (incomplete and self._ledger.has_received(file.path)):
            LOG.info("%s lacks a table and is waited for", ascii(mask(file.path)))
            return None
        return replace(file, received_at=ready_at), content

    def _read(self, parts: Sequence[SeenFile]) -> Mapping[str, bytes] | None:
        """The contents by path, LARGEST_KEPT bytes altogether; None when one has changed. Raises InboxError."""
        contents: dict[str, bytes] = {}
        room = LARGEST_KEPT
        for part in parts:
            contents[part.path] = self._inbox.read(part.path, room)
            if len(contents[part.path]) != min(part.size, room):
                return None
            room -= len(contents[part.path])
        return contents
