"""One of two collectors: `python -m fakes.collecting_worker AS_OF`, settings in its environment.

It says that it is ready, and begins when it is told to: so that both look at the same folders at the same moment.
"""

import sys
from datetime import datetime

from duban.wiring import open_app


def main(as_of: str) -> None:
    moment = datetime.fromisoformat(as_of)
    with open_app() as app:
        app.judging  # noqa: B018 - what takes seconds to load is loaded before the start
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        app.judge(app.discover(moment), moment)
        app.hand_back(moment)


if __name__ == "__main__":
    main(*sys.argv[1:])
