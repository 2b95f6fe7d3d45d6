"""Python's collector is let alone for a piece of work, and no longer."""

import gc

import pytest

from duban.pipeline.rarely_collected import rarely_collected


def test_the_collector_is_as_it_was_afterwards() -> None:
    """Whatever the work comes to; what stood before it is looked at again."""
    before, meanwhile = gc.get_threshold(), []

    def fail() -> None:
        with rarely_collected():
            meanwhile.append(gc.get_threshold())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert meanwhile[0] > before
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
