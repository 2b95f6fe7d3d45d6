"""A process that sends what is due by mail: `python -m fakes.mail_worker URL PLAN FOLDER PORT`. Made to be killed."""

import sys
from dataclasses import replace
from pathlib import Path

from duban.adapters.mail import MailSender
from duban.adapters.store import create_engine
from duban.core.addressees import Channel
from fakes.delivering import SENT_AT, DeliveryDesk
from fakes.mail_servers import reached_at

LONG = 600.0


def main(url: str, plan: str, folder: str, port: str) -> None:
    """Send, patiently."""
    desk = DeliveryDesk.on(create_engine(url), plan, Path(folder))
    settings = reached_at(int(port)).model_copy(update={"timeout": LONG})
    replace(desk, senders={Channel.MAIL: MailSender(settings)}).deliver.run(SENT_AT)


if __name__ == "__main__":
    main(*sys.argv[1:])
