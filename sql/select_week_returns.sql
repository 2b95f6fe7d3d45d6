-- The returns of some weeks and offices known at an instant, oldest first. `offset 0` keeps the look-up by key, week by week
-- and return by return: joined freely, the planner may read every return there ever was.
select verdict.return_id, received.office, verdict.week, received.received_at, verdict.status, told.findings, told.hints
from unnest(cast(:weeks as text[])) as asked (week)
cross join lateral (
    select return_id, week, status from duban.verdict
    where verdict.plan = :plan and verdict.week = asked.week and status <> 'duplicate'
    offset 0
) as verdict
cross join lateral (
    select office, received_at, path from duban.received
    where received.plan = :plan and received.return_id = verdict.return_id
    offset 0
) as received
cross join lateral (
    select count(*) filter (where class <> 'D') as findings, count(*) filter (where class = 'D') as hints
    from duban.finding where finding.plan = :plan and finding.return_id = verdict.return_id
) as told
where received.office = any (cast(:offices as text[])) and received.received_at <= :as_of
order by received.received_at, received.path, verdict.return_id
