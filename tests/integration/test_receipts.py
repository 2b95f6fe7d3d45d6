"""签收, 回执 and 撤销 on a real register."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from duban.adapters.returned_files import ReceiptFolder
from duban.adapters.store import PostgresReceipts
from duban.core.delivery import DeliveryState
from duban.core.papers import PaperKind, PaperRecord, PaperState
from duban.core.receipts import receipt_code
from duban.pipeline.correction_notice import RevocationNotice
from duban.pipeline.drafting import Desk
from duban.pipeline.receipts import Receipts
from duban.pipeline.revoke import Revoke
from fakes.assessments import at
from fakes.delivering import LATER, SENT_AT, DeliveryDesk
from fakes.signing import REVIEWER, SIGNER, refused

NEXT = at(date(2018, 8, 1), 9)
OFFICE = "北关办事处"


@pytest.fixture
def desk(engine: Engine, plan: str, tmp_path: Path) -> DeliveryDesk:
    return DeliveryDesk.on(engine, plan, tmp_path)


@pytest.fixture
def book(engine: Engine, plan: str) -> PostgresReceipts:
    return PostgresReceipts(engine, plan)


@pytest.fixture
def receipts(desk: DeliveryDesk, book: PostgresReceipts) -> Receipts:
    return Receipts(desk.signing.plan, desk.signing.register.papers, book, desk.signing.archive)


def delivered(desk: DeliveryDesk, kind: PaperKind = PaperKind.URGE) -> PaperRecord:
    record = desk.signing.signed("S1", kind, "1" if kind is PaperKind.SUPERVISE else None)
    desk.deliver.run(SENT_AT)
    return desk.paper(record)


def code(desk: DeliveryDesk, record: PaperRecord) -> str:
    return receipt_code(desk.signing.plan.key, record)


def test_a_receipt_makes_the_paper_acknowledged_once(desk: DeliveryDesk, receipts: Receipts) -> None:
    """Who, when; a second time changes nothing, and the delivery stays as it was."""
    record = delivered(desk)
    for _ in range(2):
        receipts.acknowledge(code(desk, record).lower(), "赵六", LATER)

    acknowledged = desk.paper(record)
    assert (acknowledged.state, acknowledged.delivered_at) == (PaperState.ACKNOWLEDGED, SENT_AT)
    acts = [act for act in desk.signing.life.open(record.id).acts if act.after is PaperState.ACKNOWLEDGED]
    assert [(act.by, act.at) for act in acts] == [("赵六", LATER)]


def test_a_wrong_code_and_an_undelivered_paper_are_refused(desk: DeliveryDesk, receipts: Receipts) -> None:
    """With what to do."""
    record = desk.signed()
    other = code(desk, replace(record, items=("S9",)))

    assert "请核对通知单上" in refused(lambda: receipts.acknowledge("ABCD-EFGH", "赵六", LATER))
    assert "没有签收码" in refused(lambda: receipts.acknowledge(other, "赵六", LATER))
    assert "尚未登记送达" in refused(lambda: receipts.acknowledge(code(desk, record), "赵六", LATER))


def test_a_supervision_notice_that_was_delivered_waits_for_its_reply(
    desk: DeliveryDesk, receipts: Receipts, book: PostgresReceipts
) -> None:
    """From its delivery on; 签收 alone is no reply; each instant sees what was known then."""
    record = delivered(desk, PaperKind.SUPERVISE)
    assert book.notices(SENT_AT - timedelta(minutes=1)) == {}
    receipts.acknowledge(code(desk, record), "赵六", LATER)
    (waiting,) = book.notices(NEXT)["BG"]
    assert (waiting.paper_id, waiting.delivered_at, waiting.replied_at) == (record.id, SENT_AT, None)

    receipts.acknowledge(code(desk, record), "赵六", NEXT, reply="已于7月31日报送")
    assert book.notices(NEXT)["BG"][0].replied_at == NEXT
    assert book.notices(LATER)["BG"][0].replied_at is None


def test_a_file_dropped_into_the_folder_is_a_reply(
    desk: DeliveryDesk, receipts: Receipts, book: PostgresReceipts, tmp_path: Path
) -> None:
    """It is kept by its content and put away; what has no valid code stays where it is."""
    record = delivered(desk, PaperKind.SUPERVISE)
    folder = tmp_path / "receipts"
    folder.mkdir()
    (folder / f"回执-{code(desk, record)}.docx").write_bytes(b"signed and sealed")
    (folder / "回执-没有码.docx").write_bytes(b"?")

    assert receipts.collect(ReceiptFolder(folder), NEXT) == (record.id,)
    assert receipts.collect(ReceiptFolder(folder), NEXT) == ()
    (receipt,) = book.receipts()
    assert receipt.sha256 is not None
    assert desk.signing.archive.get(receipt.sha256) == b"signed and sealed"
    assert OFFICE in receipt.by
    assert sorted(path.name for path in folder.iterdir()) == ["registered", "回执-没有码.docx"]
    assert book.notices(NEXT)["BG"][0].replied_at == NEXT


def test_who_has_not_confirmed_after_two_working_days_is_to_be_telephoned(
    desk: DeliveryDesk, receipts: Receipts
) -> None:
    """Delivered on Tuesday: on Thursday, until it is confirmed."""
    record = delivered(desk)
    wednesday, thursday = at(date(2018, 8, 1), 17), at(date(2018, 8, 2), 9)
    assert receipts.unconfirmed(wednesday) == ()

    (missing,) = receipts.unconfirmed(thursday)
    assert (missing.paper.id, missing.delivered_at, missing.working_days) == (record.id, SENT_AT, 2)
    receipts.acknowledge(code(desk, record), "赵六", thursday)
    assert receipts.unconfirmed(thursday) == ()


def revoking(desk: DeliveryDesk) -> Revoke:
    signing = desk.signing
    drafting = Desk(signing.plan, signing.composer, signing.register, signing.shelf)
    notice = RevocationNotice(signing.plan, drafting)
    return Revoke(signing.plan, signing.life, signing.register.papers, notice)


class AnyComposer:
    """Composes whatever it is given."""

    def compose(self, content: object) -> bytes:
        return repr(content).encode()


def test_a_revocation_goes_to_all_recipients_and_strikes_the_original_with_its_signature(desk: DeliveryDesk) -> None:
    """Not before; then its items have not had their rung, and the notice itself is delivered."""
    desk.signing.composer = AnyComposer()
    record = delivered(desk)
    notice = revoking(desk).draft(record.id, SIGNER, "经核实，该事项在期限前已报送", NEXT)
    assert (notice.to, notice.cc, notice.state) == (record.to, record.cc, PaperState.DRAFTED)
    assert desk.paper(record).state is PaperState.DELIVERED
    assert "已经起草" in refused(lambda: revoking(desk).draft(record.id, SIGNER, "错", NEXT + timedelta(hours=1)))

    desk.signing.sign.review(notice.id, REVIEWER, NEXT)
    signed = desk.signing.sign.sign(notice.id, SIGNER, NEXT)
    struck = desk.paper(record)
    assert struck.state is PaperState.REVOKED
    assert str(signed.number) in desk.signing.life.open(record.id).acts[-1].why
    assert "不能撤销" in refused(lambda: revoking(desk).draft(record.id, SIGNER, "错", NEXT))
    desk.deliver.run(NEXT)
    assert set(desk.states(notice).values()) == {DeliveryState.SENT}
    again = desk.signing.draft("S1", as_of=NEXT)
    assert again.state is PaperState.DRAFTED


def test_what_is_revoked_on_its_way_goes_to_nobody_else(desk: DeliveryDesk) -> None:
    """Its open deliveries are cancelled in the same transaction; who had it hears of the revocation."""
    desk.signing.composer = AnyComposer()
    record = desk.signed()
    with desk.deliveries.lease() as lease:
        desk.deliveries.take(desk.of(record, OFFICE), lease, SENT_AT)
    notice = revoking(desk).draft(record.id, SIGNER, "发错单位", NEXT)
    desk.signing.sign.review(notice.id, REVIEWER, NEXT)
    desk.signing.sign.sign(notice.id, SIGNER, NEXT)
    desk.deliver.run(NEXT)

    assert DeliveryState.SENT not in desk.states(record).values()
    assert set(desk.states(notice).values()) == {DeliveryState.SENT}


def test_who_may_not_sign_may_not_revoke(desk: DeliveryDesk) -> None:
    """And a draft is not revoked."""
    desk.signing.composer = AnyComposer()
    draft, record = desk.signing.draft("S2"), delivered(desk)

    assert "不能办理" in refused(lambda: revoking(desk).draft(record.id, "路人", "错", NEXT))
    assert "不能撤销" in refused(lambda: revoking(desk).draft(draft.id, SIGNER, "错", NEXT))
    assert "没有写明原因" in refused(lambda: revoking(desk).draft(record.id, SIGNER, " ", NEXT))
