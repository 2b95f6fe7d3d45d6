"""A quicker Great Expectations: what it works out again and again in one validation is worked out once.

Three questions were two thirds of the time of a batch, which is some seventy rules whatever is in it: what an
expectation's configuration is (copied field by field, a hundred times an expectation), what expectation a configuration
stands for (validated anew for each metric), and by what name a metric's arguments are known (JSON and a digest, twice a
metric). In version 1.24 nobody asks again after what an answer rests on has changed. Great Expectations as it is stands
beside it in tests/integration/test_expectations.py: both find the same.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any


@contextmanager
def answers_remembered() -> Iterator[None]:
    """While it is open the three are answered from memory; not for several threads at once."""
    from great_expectations.core.id_dict import IDDict
    from great_expectations.expectations.expectation import Expectation
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    configuration: Any = Expectation.configuration
    with ExitStack() as replaced:
        for owner, name, answer in (
            (Expectation, "configuration", property(_once(configuration.fget))),
            (ExpectationConfiguration, "to_domain_obj", _once(ExpectationConfiguration.to_domain_obj)),
            (IDDict, "to_id", _by_content(IDDict.to_id)),
        ):
            replaced.enter_context(_replaced(owner, name, answer))
        yield


@contextmanager
def _replaced(owner: type, name: str, answer: object) -> Iterator[None]:
    plain = owner.__dict__[name]
    setattr(owner, name, answer)
    try:
        yield
    finally:
        setattr(owner, name, plain)


def _once(plain: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Asked once of each object, which is kept beside its answer: none may end and leave its identity to another."""
    known: dict[int, tuple[object, Any]] = {}

    def answer(one: Any) -> Any:
        if id(one) not in known:
            known[id(one)] = one, plain(one)
        return known[id(one)][1]

    return answer


def _by_content(plain: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Asked once of each content, in which 1, 1.0 and True are three; a list makes it no key, and it is asked anew."""
    known: dict[object, Any] = {}

    def answer(one: dict[str, object]) -> Any:
        try:
            content = type(one), frozenset((key, type(value), value) for key, value in one.items())
        except TypeError:
            return plain(one)
        if content not in known:
            known[content] = plain(one)
        return known[content]

    return answer
