-- Of each of some papers its first deliveries: a circular has as many as there are offices.
select delivery.*
from unnest(cast(:paper_ids as bigint[])) as paper (id)
cross join lateral (
    select * from duban.delivery where plan = :plan and paper_id = paper.id order by delivery_id limit :most
) as delivery
order by delivery.paper_id, delivery_id
