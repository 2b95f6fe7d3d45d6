"""Python's collector of cycles, kept from walking what has none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_BETWEEN = (100_000, 20, 100)


@contextmanager
def rarely_collected() -> Iterator[None]:
    """For work on many rows: cells, frames and verdicts are trees, freed as soon as nobody holds them.

    The collector walks everything that lives again and again as more is made, all that was imported with it: a fifth
    of the time of judging (docs/performance.md). What stood before is left out of its walks, and they come seldom.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_BETWEEN)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
