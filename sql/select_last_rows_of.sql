-- Of some compounds the last accepted row of one table known at an instant, else the last rejected one, however old.
select distinct on (compound) return_id, table_key, row, verdict, compound, cells, return_row.reason
from duban.pointer
join duban.return_row using (plan, return_id)
where plan = :plan and office = :office and known_from <= :as_of and known_until > :as_of
  and table_key = :table_key and verdict <> 'ignored' and compound = any (cast(:compounds as text[]))
order by compound, (verdict = 'accepted') desc, week desc, position desc
