-- What an office's state rests on, as known at an instant: of each compound and table the last accepted row; where none
-- was ever accepted, the last rejected one.
select distinct on (table_key, compound) return_id, table_key, row, verdict, compound, cells, return_row.reason
from duban.pointer
join duban.return_row using (plan, return_id)
where plan = :plan and office = :office and known_from <= :as_of and known_until > :as_of
  and verdict <> 'ignored' and compound is not null
order by table_key, compound, (verdict = 'accepted') desc, week desc, position desc
