"""The register as it stood at an instant: a preview of a past day sees the papers as they were that day."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from duban.core.addressees import Channel
from duban.core.delivery import DeliveryState, Outcome
from duban.core.papers import PaperRecord, PaperState
from duban.pipeline.watch_deadlines import rungs_taken
from fakes.assessments import at
from fakes.delivering import SENT_AT, SIGNED, DeliveryDesk, Recording
from fakes.signing import DRAFTED, REVIEWED, REVIEWER, SIGNER

MINUTE = timedelta(minutes=1)
COPY = "东区督查室"


@pytest.fixture
def desk(engine: Engine, plan: str, tmp_path: Path) -> DeliveryDesk:
    return DeliveryDesk.on(engine, plan, tmp_path)


def stood(desk: DeliveryDesk, moment: datetime) -> PaperRecord:
    (record,) = desk.signing.register.papers(moment)
    return record


def test_a_paper_has_at_an_instant_what_it_had_by_then(desk: DeliveryDesk) -> None:
    """State, number, signature and delivery, each from its own instant on."""
    desk.signed()
    desk.deliver.run(SENT_AT)

    states = [stood(desk, moment).state for moment in (DRAFTED, REVIEWED, SIGNED, SENT_AT)]
    assert states == [PaperState.DRAFTED, PaperState.REVIEWED, PaperState.SIGNED, PaperState.DELIVERED]
    reviewed, signed = stood(desk, SIGNED - MINUTE), stood(desk, SENT_AT - MINUTE)
    assert (reviewed.number, reviewed.signature, signed.delivered_at) == (None, None, None)
    assert signed.number == "东整催〔2018〕1号"
    assert signed.signature is not None
    assert signed.signature.at == SIGNED
    assert desk.signing.register.papers(DRAFTED - MINUTE) == []


def test_the_latest_instant_is_the_present(desk: DeliveryDesk) -> None:
    """Asked for the end of all that was done, the register answers as when asked for no instant."""
    desk.signed()
    desk.signing.draft("S2")
    desk.deliver.run(SENT_AT)

    assert desk.signing.register.papers(SENT_AT) == desk.signing.register.papers()


def test_a_draft_that_was_withdrawn_later_had_its_rung_until_then(desk: DeliveryDesk) -> None:
    """Or a past day would seem to owe the letter once more."""
    record = desk.signing.draft("S1")
    desk.signing.sign.withdraw(record.id, REVIEWER, "已报送", at(date(2018, 8, 2), 9))

    (before,) = rungs_taken(desk.signing.register.papers(SIGNED))
    (after,) = rungs_taken(desk.signing.register.papers(at(date(2018, 8, 2), 9)))
    assert (before.paper_state, after.paper_state) == (PaperState.DRAFTED, PaperState.WITHDRAWN)


def test_a_delivery_that_proved_wrong_later_counted_until_then(desk: DeliveryDesk) -> None:
    """A bounce that is known on Thursday does not undo what was known on Wednesday."""
    record = desk.signed()
    desk.deliver.run(SENT_AT)
    bounced = SENT_AT + timedelta(days=1)
    sent = desk.of(record, COPY)
    desk.deliveries.decide(sent, DeliveryState.BOUNCED, SIGNER, "退信", bounced)

    assert stood(desk, bounced - MINUTE).delivered_at == SENT_AT
    assert stood(desk, bounced).delivered_at is None


def test_what_is_uncertain_is_not_delivered_at_any_instant_before_it_is_settled(desk: DeliveryDesk) -> None:
    """Its confirmation counts from the instant at which somebody gave it."""
    desk.senders = {Channel.FOLDER: Recording(lambda _: Outcome(DeliveryState.UNCERTAIN, "没有回音"))}
    record = desk.signed()
    desk.deliver.run(SENT_AT)
    confirmed = SENT_AT + timedelta(days=1)
    for one in desk.deliveries.of_paper(record.id):
        desk.deliveries.decide(one, DeliveryState.SENT, SIGNER, "已核实", confirmed)

    assert (stood(desk, SENT_AT).state, stood(desk, confirmed).state) == (PaperState.SIGNED, PaperState.DELIVERED)
    assert stood(desk, confirmed).delivered_at == confirmed
