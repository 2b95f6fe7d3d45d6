"""Runs that are started again, by hand, for past weeks, after clearing: what stands issued stays as it is (issue 5)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from duban.core.papers import PaperKind
from duban.core.weeks import ZONE
from duban.orchestration.ticks import OPEN_RUNS
from fakes.mail_servers import Office

if TYPE_CHECKING:
    from airflow.sdk import DAG

    from duban.wiring import App

FIRST, LAST = datetime(2018, 8, 17, tzinfo=ZONE), datetime(2018, 11, 9, 18, tzinfo=ZONE)
HOUR = timedelta(hours=1)
MOST = 12


def cutoffs(product: "App", weeks: int) -> Sequence[datetime]:
    """The last `weeks` of twelve."""
    closed = [week.cutoff for week in product.weeks.closed_by(LAST) if week.cutoff >= FIRST]
    assert len(closed) == MOST
    return closed[-weeks:]


def report(dags: dict[str, "DAG"], logical_date: datetime | None, as_of: datetime | None, due: datetime) -> None:
    conf = {"as_of": as_of.isoformat()} if as_of else {}
    done = dags["weekly_report"].test(
        logical_date=logical_date, run_after=due, run_conf=conf, mark_success_pattern=OPEN_RUNS
    )
    assert done.state == "success"


def deliver(dags: dict[str, "DAG"], moment: datetime) -> None:
    done = dags["deliver_papers"].test(logical_date=moment, run_after=moment, run_conf={"as_of": moment.isoformat()})
    assert done.state == "success"


def issue(dags: dict[str, "DAG"], product: "App", weeks: Sequence[datetime]) -> None:
    """The weeks as they come: reported, signed, sent, one recipient of each by mail."""
    for cutoff in weeks:
        report(dags, cutoff, None, cutoff)
        [paper] = [
            one for one in product.register.papers() if (one.kind, one.as_of) == (PaperKind.WEEKLY_REPORT, cutoff)
        ]
        issuer = product.plan.issuer(product.plan.paper(paper.kind).issuer)
        product.signing.review(paper.id, issuer.reviewer.name, cutoff)
        product.signing.sign(paper.id, issuer.signer.name, cutoff + HOUR)
        one_by_mail(product, paper.id)
    deliver(dags, LAST + HOUR)


def one_by_mail(product: "App", paper_id: int) -> None:
    """As if the plan had said so when it was signed."""
    with product.engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        by_mail = "update duban.delivery set channel = 'mail', address = 'a@example.com' where recipient = :name"
        name = product.deliveries.of_paper(paper_id)[0].to.name
        connection.execute(text(by_mail + " and paper_id = :paper"), {"name": name, "paper": paper_id})


def issued(product: "App", office: Office) -> dict[str, object]:
    """All that must not change: papers, numbers, deliveries, the audit's end, mails, the bytes of every file."""
    settings = product.settings
    roots = (settings.papers_path, settings.outbox_path, settings.archive_path, settings.issued_path)
    files = [file for root in roots for file in sorted(root.rglob("*")) if file.is_file()]
    return {
        "papers": product.register.papers(),
        "numbers": product.books.numbers(),
        "deliveries": product.deliveries.all(),
        "audit": product.books.chain()[1],
        "mails": len(office.received),
        "files": {str(file): sha256(file.read_bytes()).hexdigest() for file in files},
    }


@pytest.mark.parametrize(("weeks", "by_hand"), [(2, 1), pytest.param(MOST, 5, marks=pytest.mark.long)])
def test_whatever_is_run_again_there_is_no_new_number_no_new_mail_and_no_changed_hash(
    impatient: dict[str, "DAG"], product: "App", office: Office, weeks: int, by_hand: int
) -> None:
    """Triggers by hand for one week, with a logical date and without (ten in the long run); the weeks (twelve) once

    more, oldest first as a backfill or a clearing runs them; deliveries for every one of them.
    """
    again = cutoffs(product, weeks)
    issue(impatient, product, again)
    before = issued(product, office)
    assert before["mails"] == weeks

    for number in range(by_hand):
        moment = again[1] + (number + 1) * HOUR / 4
        report(impatient, moment, None, moment)
        report(impatient, None, again[1], LAST + number * HOUR)
    for cutoff in again:
        report(impatient, cutoff, None, cutoff)
        deliver(impatient, cutoff + HOUR)
    deliver(impatient, LAST + HOUR)

    assert issued(product, office) == before
    assert product.verifying.run().defects == ()
