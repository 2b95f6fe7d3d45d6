select return_id, path, sha256, received.office, week, received_at, status,
    rows_read, rows_accepted, rows_rejected, rows_ignored
from duban.received
join duban.verdict using (plan, return_id)
where plan = :plan
  and (cast(:as_of as timestamptz) is null or received_at <= :as_of)
  and (cast(:return_ids as bigint[]) is null or return_id = any (cast(:return_ids as bigint[])))
order by received_at, path, return_id
