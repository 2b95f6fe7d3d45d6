select code, count(*) as findings
from duban.received
join duban.finding using (plan, return_id)
where plan = :plan and received_at > :after and received_at <= :until
group by code
order by code
