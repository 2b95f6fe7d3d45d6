"""The light gate against Great Expectations alone, in the same process: ratios, never absolute times."""

from contextlib import nullcontext
from time import process_time

from duban.adapters.expectations import ExpectationsRecord
from duban.core.gate.executor import Gate
from fakes.made_returns import CHECKER, SUITES, book, check

ROWS = 300
LEAST_RATIO = 250


def best(run, times):
    """The least CPU time of some runs, in seconds."""
    seconds = []
    for _ in range(times):
        begin = process_time()
        run()
        seconds.append(process_time() - begin)
    return min(seconds)


def test_the_gate_is_two_orders_of_magnitude_quicker_than_great_expectations():
    """All rules on one return of 300 rows; a ratio that halves is a regression worth a look."""
    rows = [{"compound_id": f"EA-{n:03d}", "name": f"小区{n}"} for n in range(ROWS)]
    frames = check(book(work=rows, project=[])).frames
    gate, record = Gate(SUITES), ExpectationsRecord(SUITES, meanwhile=nullcontext)
    record.validate({1: frames}, CHECKER.parameters)

    quick = best(lambda: [gate.violations(t, f, CHECKER.parameters) for t, f in frames.items()], times=20)
    slow = best(lambda: record.validate({1: frames}, CHECKER.parameters), times=2)

    assert slow / quick > LEAST_RATIO
