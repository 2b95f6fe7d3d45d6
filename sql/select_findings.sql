select return_id, code, sheet, cell, compound, found, expected, column_key, finding.row, reason
from duban.finding
join duban.received using (plan, return_id)
where plan = :plan
  and (cast(:as_of as timestamptz) is null or received_at <= :as_of)
  and (cast(:since as timestamptz) is null or received_at > :since)
order by return_id, position
