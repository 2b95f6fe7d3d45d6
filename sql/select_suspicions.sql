-- What findings of these codes accepted returns received by an instant left, each once however often it was found.
select distinct received.office, code, finding.compound
from duban.finding
join duban.verdict using (plan, return_id)
join duban.received using (plan, return_id)
where plan = :plan and code = any (cast(:codes as text[])) and status in ('accepted', 'partial') and received_at <= :as_of
order by received.office, code, finding.compound
