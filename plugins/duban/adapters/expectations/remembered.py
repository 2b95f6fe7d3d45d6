"""A quicker Great Expectations: what an expectation makes of itself is worked out once.

`Expectation.configuration` is a property that copies all fields of the expectation into a new object, and a validation
asks every expectation for it some hundred times: a third of the time of a run. Nothing of what is asked changes while
one lasts. The plain way beside it, and that both find the same: tests/integration/test_expectations.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def configurations_remembered() -> Iterator[None]:
    """While it is open each expectation works its configuration out once; not for several threads at once."""
    from great_expectations.expectations.expectation import Expectation

    plain: Any = Expectation.configuration
    # Each with its expectation, so that none ends meanwhile and leaves its identity to another.
    known: dict[int, tuple[Expectation, Any]] = {}

    def configuration(self: Expectation) -> Any:
        if id(self) not in known:
            known[id(self)] = self, plain.fget(self)
        return known[id(self)][1]

    Expectation.configuration = property(configuration)  # type: ignore[assignment, method-assign]  # meanwhile
    try:
        yield
    finally:
        Expectation.configuration = plain  # type: ignore[method-assign]  # as it was
