select delivery.*
from duban.delivery
where plan = :plan
  and (cast(:paper_id as bigint) is null or paper_id = :paper_id)
  and (cast(:delivery_id as bigint) is null or delivery_id = :delivery_id)
order by delivery_id
