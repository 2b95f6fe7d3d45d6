"""Collecting: from the offices' folders into the archive and the ledger.

Every step can be the last one before a power cut: a file is archived before it is registered, and what a listing showed
and nobody registered comes up again with the next one, with the time of receipt that it had the first time.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from duban.core.errors import InboxError
from duban.pipeline.ports import Archive, Inbox, Ledger, NewFile, SeenFile

LOG = logging.getLogger(__name__)

LARGEST_KEPT = 64 * 1024 * 1024
"""Bytes kept of a file. Whatever is larger is returned as too large in any case (F08: 20 MB), and is kept cut off."""


class Collect:
    """Takes in what is new in the folders of `offices` (their codes)."""

    def __init__(self, inbox: Inbox, archive: Archive, ledger: Ledger, offices: Sequence[str]) -> None:
        self._inbox = inbox
        self._archive = archive
        self._ledger = ledger
        self._offices = tuple(offices)

    def discover(self, as_of: datetime) -> tuple[int, ...]:
        """Take in every new file that was there at `as_of`; returns the ids of all returns that wait for judgement.

        A folder or file that cannot be read is left for the next round and keeps no other from being taken in. Raises
        InboxError when no folder at all can be read.
        """
        listings = self._listings(as_of)
        seen = [file for files in listings.values() for file in files]
        for file in self._ledger.register_listing(as_of, seen, list(listings)):
            self._take_in(file)
        return tuple(received.return_id for received in self._ledger.unjudged())

    def _listings(self, as_of: datetime) -> dict[str, Sequence[SeenFile]]:
        """The folders that could be listed to their end; one that could not counts as not looked at."""
        listings: dict[str, Sequence[SeenFile]] = {}
        failed: InboxError | None = None
        for office in self._offices:
            try:
                listings[office] = self._inbox.listing([office], as_of)
            except InboxError as error:
                LOG.warning("the folder of %s could not be listed: %s", office, error)
                failed = error
        if failed is not None and not listings:
            raise failed
        return listings

    def _take_in(self, file: NewFile) -> None:
        try:
            content = self._inbox.read(file.path, LARGEST_KEPT)
        except InboxError as error:
            LOG.warning("%s could not be read: %s", ascii(file.path), error)
            return
        if len(content) != min(file.size, LARGEST_KEPT):
            LOG.info("%s changed while it was read; its new content comes with the next listing", ascii(file.path))
            return
        self._ledger.register_file(file, self._archive.put(content))
