-- The findings of these codes that accepted returns received by an instant left, oldest first.
select received.office, code, finding.compound
from duban.finding
join duban.verdict using (plan, return_id)
join duban.received using (plan, return_id)
where plan = :plan and code = any (cast(:codes as text[])) and status in ('accepted', 'partial') and received_at <= :as_of
order by received_at, path, position
