"""Delivery into folders: each recipient has one below the outbox, which he reads (faults.md F-21)."""

from duban.core import delivery_texts as texts
from duban.core.delivery import SENT, DeliveryState, Outcome
from duban.core.errors import ConflictError
from duban.pipeline.delivery_ports import Parcel
from duban.pipeline.paper_ports import PaperShelf


class FolderSender:
    """delivery_ports.Sender into the folders of `outbox`. A file is there whole or not at all; equal bytes are done."""

    def __init__(self, outbox: PaperShelf) -> None:
        self._outbox = outbox

    def send(self, parcel: Parcel) -> Outcome:
        """Put every file into the recipient's folder; other bytes under its name are never overwritten."""
        for name, content in parcel.files:
            path = f"{parcel.delivery.to.address}/{name}"
            try:
                self._outbox.put(path, content)
            except ConflictError:
                return Outcome(DeliveryState.REFUSED, texts.NAME_TAKEN.format(path=path))
            except OSError as error:
                return Outcome(DeliveryState.PENDING, texts.FOLDER_AWAY.format(error=error.strerror or error))
        return SENT
