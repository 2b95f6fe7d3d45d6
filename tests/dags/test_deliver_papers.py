"""The DAG that sends papers, with a real mail server behind a real Airflow connection."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from duban.core.delivery import DeliveryState
from duban.core.weeks import ZONE
from fakes.mail_servers import Office

if TYPE_CHECKING:
    from airflow.sdk import DAG

    from duban.wiring import App

MORNING = datetime(2018, 7, 31, 8, 30, tzinfo=ZONE)
SIGNED = datetime(2018, 7, 31, 9, tzinfo=ZONE)
TICK = datetime(2018, 7, 31, 9, 10, tzinfo=ZONE)


def deliver(dags: dict[str, "DAG"]) -> str:
    run = dags["deliver_papers"].test(logical_date=TICK, run_after=TICK, run_conf={"as_of": TICK.isoformat()})
    return str(run.state)


def test_a_signed_paper_reaches_folders_and_mailboxes_once(
    impatient: dict[str, "DAG"], product: "App", office: Office
) -> None:
    """However often the run is cleared; without the connection the folders alone would have it."""
    product.draft_due_letters(MORNING)
    letter = next(paper for paper in product.register.papers() if paper.kind == "urge" and paper.state == "drafted")
    issuer = product.plan.issuer(product.plan.paper("urge").issuer)
    product.signing.review(letter.id, issuer.reviewer.name, MORNING)
    product.signing.sign(letter.id, issuer.signer.name, SIGNED)
    with product.engine.begin() as connection:  # as if the plan had said so when it was signed
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(
            text("update duban.delivery set channel = 'mail', address = 'a@example.com' where recipient = :name"),
            {"name": letter.cc[0]},
        )

    assert [deliver(impatient), deliver(impatient)] == ["success", "success"]

    assert {one.state for one in product.deliveries.of_paper(letter.id)} == {DeliveryState.SENT}
    assert len(office.received) == 1
    assert (product.settings.outbox_path / str(letter.office)).is_dir()


def test_without_the_connection_there_is_no_mail(home: Path, impatient: dict[str, "DAG"]) -> None:
    """Nothing to set up for those who deliver by folder."""
    assert deliver(impatient) == "success"
