"""Great Expectations: the suites on disk, and the record that validates whole batches with them."""

from duban.adapters.expectations.data_docs import DataDocs
from duban.adapters.expectations.files import build_suites, load_suites
from duban.adapters.expectations.record import ExpectationsRecord, RecordResult

__all__ = ["DataDocs", "ExpectationsRecord", "RecordResult", "build_suites", "load_suites"]
