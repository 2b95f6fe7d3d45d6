-- How often each code was found in what some offices sent between two instants.
select code, count(*) as findings
from duban.received
join duban.finding using (plan, return_id)
where plan = :plan and office = any (cast(:offices as text[])) and received_at between :since and :as_of
group by code
order by count(*) desc, code
