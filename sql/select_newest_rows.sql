-- Of each compound in a table of the office's newest week known at an instant its last row, an accepted one before others.
select distinct on (compound) return_id, table_key, row, verdict, compound, cells, return_row.reason
from (
    select return_id from duban.pointer
    where plan = :plan and office = :office and known_from <= :as_of and known_until > :as_of
    order by week desc limit 1
) as last
join duban.return_row using (return_id)
where plan = :plan and table_key = :table_key and verdict <> 'ignored' and compound is not null
order by compound, (verdict = 'accepted') desc, position desc
