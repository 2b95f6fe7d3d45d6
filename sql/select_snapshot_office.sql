select cast(head as text) as head, cast(detail as text) as detail
from duban.snapshot
join duban.snapshot_office using (plan, as_of)
where plan = :plan and as_of = :as_of and mark = :mark and district is not null and office = :office
