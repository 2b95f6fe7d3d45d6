select return_id, code, sheet, cell, compound, found, expected, column_key, finding.row, reason
from duban.finding
where plan = :plan and return_id = any (cast(:return_ids as bigint[]))
order by return_id, position
