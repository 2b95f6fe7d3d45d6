select return_id, office, path, sha256, received_at
from duban.received
where plan = :plan
  and not exists (select from duban.verdict where verdict.plan = received.plan and verdict.return_id = received.return_id)
order by received_at, path, return_id
