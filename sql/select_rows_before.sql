-- What an office had said before a return came, up to that return's week: of each week the return received last counts
-- (returns.md), and of each compound and table its last accepted row. Walked from the newest week back until nothing that
-- any state of the newest week holds is missing any more, which mostly is after that one week. `offset 0` as in
-- select_compounds.
with recursive walk as (
    select newest.week, newest.return_id,
           array(
               select unnest(held.keys) except
               select table_key || '/' || compound from duban.return_row
               where plan = :plan and return_row.return_id = newest.return_id and verdict = 'accepted'
           ) as missing
    from (
        select week, return_id
        from duban.verdict
        join duban.received using (plan, return_id)
        where plan = :plan and verdict.office = :office and week <= :week and status in ('accepted', 'partial')
          and (received_at, path) < (:received_at, :path)
        order by week desc, received_at desc, path desc limit 1
    ) as newest
    cross join lateral (
        select array_agg(distinct key) as keys
        from duban.compound_state as state
        cross join lateral (
            values (cast(:work as text) || '/' || compound_id),
                   (case when project_digest is not null then cast(:project as text) || '/' || compound_id end)
        ) as half (key)
        where plan = :plan and week = newest.week and office = :office and not state.pending and key is not null
    ) as held
    union all
    select older.week, older.return_id,
           array(
               select unnest(missing) except
               select table_key || '/' || compound from duban.return_row
               where plan = :plan and return_row.return_id = older.return_id and verdict = 'accepted'
           )
    from walk
    cross join lateral (
        select week, return_id
        from duban.verdict
        join duban.received using (plan, return_id)
        where plan = :plan and verdict.office = :office and verdict.week < walk.week
          and status in ('accepted', 'partial') and (received_at, path) < (:received_at, :path)
        order by verdict.week desc, received_at desc, path desc limit 1
    ) as older
    where cardinality(missing) > 0
)
select distinct on (table_key, compound) table_key, row, verdict, compound, cells, reason
from walk
cross join lateral (
    select * from duban.return_row
    where plan = :plan and return_row.return_id = walk.return_id and verdict = 'accepted' and compound is not null
    offset 0
) as said
order by table_key, compound, week desc, position desc
