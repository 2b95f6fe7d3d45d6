select verdict.status, count(*) as returns
from duban.received
join duban.verdict using (plan, return_id)
where plan = :plan and received_at > :after and received_at <= :until
group by verdict.status
order by verdict.status
