-- Of each compound and table the last accepted row of the returns that an office's state rests on. Where there is none,
-- the rejected one of the newest return known at an instant that says anything of a compound (a 零报告 does not, though its
-- form has title lines); of 工作台账 that of a return which the state rests on (数据待补).
with newest as (
    select week, return_id
    from duban.pointer
    where plan = :plan and office = :office and known_from <= :as_of and known_until > :as_of
      and exists (
          select from duban.return_row
          where plan = :plan and return_row.return_id = pointer.return_id
            and verdict <> 'ignored' and compound is not null
      )
    order by week desc limit 1
)
select distinct on (table_key, compound) said.return_id, table_key, row, verdict, compound, cells, reason
from (
    select week, return_id, true as is_newest from newest
    union all
    select week, return_id, false from duban.verdict
    where plan = :plan and return_id = any (cast(:return_ids as bigint[]))
      and return_id not in (select return_id from newest)
) as said
cross join lateral (
    select * from duban.return_row
    where plan = :plan and return_row.return_id = said.return_id and verdict <> 'ignored' and compound is not null
    offset 0
) as line
where verdict = 'accepted' or is_newest or table_key = :work
order by table_key, compound, (verdict = 'accepted') desc, week desc, position desc
