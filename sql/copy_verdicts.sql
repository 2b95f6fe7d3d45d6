copy duban.verdict (plan, return_id, status, office, week, kind, rules_version, judged_as_of, slip_at, rows_read,
                    rows_accepted, rows_rejected, rows_ignored, ledger_rows, project_compounds, faults)
from stdin
