-- What an office had said before a return came, up to that return's week: of each week the return received last counts
-- (returns.md), and of each compound and table its last accepted row.
with versions as (
    select distinct on (week) return_id, week
    from duban.verdict
    join duban.received using (plan, return_id)
    where plan = :plan and verdict.office = :office and week <= :week and status in ('accepted', 'partial')
      and (received_at, path) < (:received_at, :path)
    order by week, received_at desc, path desc
)
select distinct on (table_key, compound) table_key, row, verdict, compound, cells, reason
from versions
join duban.return_row using (return_id)
where plan = :plan and verdict = 'accepted' and compound is not null
order by table_key, compound, week desc, position desc
