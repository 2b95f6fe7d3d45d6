-- The returns of some weeks and offices known at an instant, oldest first.
select return_id, received.office, week, received_at, status,
    (select count(*) from duban.finding
     where finding.plan = verdict.plan and finding.return_id = verdict.return_id) as findings
from duban.verdict
join duban.received using (plan, return_id)
where plan = :plan and week = any (cast(:weeks as text[])) and received.office = any (cast(:offices as text[]))
  and received_at <= :as_of and status <> 'duplicate'
order by received_at, path, return_id
