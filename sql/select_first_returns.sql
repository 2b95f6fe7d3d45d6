select distinct on (compound) compound, return_id
from duban.return_row
join duban.received using (plan, return_id)
join duban.verdict using (plan, return_id)
where plan = :plan and compound = any (cast(:compounds as text[])) and table_key = :table_key
  and status in ('accepted', 'partial') and received_at <= :as_of
order by compound, received_at, path
