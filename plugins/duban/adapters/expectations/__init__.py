"""Great Expectations: the suites on disk, and the record that validates whole batches with them."""

from duban.adapters.expectations.files import load_suites, write_suites
from duban.adapters.expectations.record import ExpectationsRecord, RecordResult

__all__ = ["ExpectationsRecord", "RecordResult", "load_suites", "write_suites"]
