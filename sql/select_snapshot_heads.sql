select cast(head as text) as head
from unnest(cast(:offices as text[])) with ordinality as asked (office, place)
join duban.snapshot_office on plan = :plan and as_of = :as_of and snapshot_office.office = asked.office
order by place
