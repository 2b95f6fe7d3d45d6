-- Of the returns that an office's state rests on, and of the newest one with rows known at an instant: of each compound and
-- table the last accepted row; where there is none, the last rejected one.
select distinct on (table_key, compound) said.return_id, table_key, row, verdict, compound, cells, reason
from (
    (select pointer.week, return_id
     from duban.pointer
     join duban.verdict using (plan, return_id)
     where plan = :plan and pointer.office = :office and known_from <= :as_of and known_until > :as_of and rows_read > 0
     order by pointer.week desc limit 1)
    union
    select week, return_id from duban.verdict
    where plan = :plan and return_id = any (cast(:return_ids as bigint[]))
) as said
cross join lateral (
    select * from duban.return_row
    where plan = :plan and return_row.return_id = said.return_id and verdict <> 'ignored' and compound is not null
    offset 0
) as line
order by table_key, compound, (verdict = 'accepted') desc, week desc, position desc
