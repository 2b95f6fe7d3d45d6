"""What came back to the offices, counted for the weekly report."""

from collections import Counter
from collections.abc import Sequence

from duban.core.checked import Status
from duban.core.figures import Figures, joined, phrase
from duban.core.findings import FindingClass
from duban.core.messages import WORDINGS
from duban.pipeline.duties import Duties
from duban.pipeline.figures import Row
from duban.pipeline.ports import ReturnRecord

RULE = "returns.md findings"


def correction_rows(came: Sequence[ReturnRecord], duties: Duties, figures: Figures) -> list[Row]:
    """One row an office of which something was returned: files, whole files and rows returned, findings by name."""
    rows = []
    for office in duties.plan.offices:
        records = [r for r in came if r.office == office.code and r.status is not Status.DUPLICATE]
        if any(finding.cls is FindingClass.A for record in records for finding in record.findings):
            rows.append({"office": office.name} | _counts(office.code, records, figures))
    return rows


def _counts(code: str, records: Sequence[ReturnRecord], figures: Figures) -> Row:
    ids = [record.return_id for record in records]
    whole = sum(record.status is Status.RETURNED for record in records)
    rows = sum(record.rows.get("rejected", 0) for record in records if record.status is Status.PARTIAL)
    faults = Counter(f.code for record in records for f in record.findings if f.cls is FindingClass.A)
    told = [
        phrase(fault, WORDINGS[fault].title, figures.add(f"{code}.faults.{fault}", str(count), RULE, ids), "处")
        for fault, count in sorted(faults.items())
    ]
    return {
        "files": figures.add(f"{code}.returns.files", str(len(records)), RULE, ids),
        "returned": figures.add(f"{code}.returns.whole", str(whole), RULE, ids),
        "rows": figures.add(f"{code}.returns.rows", str(rows), RULE, ids),
        "faults": joined("；", told),
    }
