"""Deliveries as plain documents: what `duban deliveries --json` prints."""

from duban.core.delivery import Delivery
from duban.core.delivery_texts import STATES


def delivery_document(delivery: Delivery) -> dict[str, object]:
    """One delivery with what became of it last."""
    return {
        "id": delivery.id,
        "paper": delivery.paper_id,
        "recipient": delivery.to.name,
        "channel": delivery.to.channel.value,
        "address": delivery.to.address,
        "message_id": delivery.message_id,
        "state": delivery.state.value,
        "state_name": STATES[delivery.state.value],
        "attempts": delivery.attempts,
        "at": delivery.at.isoformat(),
        "by": delivery.by,
        "why": delivery.why,
    }
