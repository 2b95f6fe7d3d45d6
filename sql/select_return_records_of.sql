-- Returns by their ids: hand-back asks for one after the other. replaced_by as in select_return_records. `offset 0` keeps
-- every look-up by key: joined freely, a planner that has no statistics yet goes through all returns for each of them.
select return_id, path, sha256, received.office, week, received_at, status, judged_as_of,
    rows_read, rows_accepted, rows_rejected, rows_ignored, next.replaced_by,
    exists (
        select from duban.after_signature
        where after_signature.plan = received.plan and after_signature.return_id = received.return_id
    ) as after_signature
from duban.received
cross join lateral (
    select week, status, judged_as_of, rows_read, rows_accepted, rows_rejected, rows_ignored from duban.verdict
    where plan = :plan and verdict.return_id = received.return_id
    offset 0
) as verdict
left join lateral (
    select later.return_id as replaced_by
    from duban.received as later
    cross join lateral (
        select from duban.verdict as judged
        where plan = :plan and judged.return_id = later.return_id and judged.week = verdict.week
          and judged.status in ('accepted', 'partial')
        offset 0
    ) as counting
    where later.plan = :plan and later.office = received.office and verdict.status <> 'duplicate'
      and (later.received_at, later.path) > (received.received_at, received.path)
    order by later.received_at, later.path
    limit 1
) as next on true
where plan = :plan and return_id = any (cast(:return_ids as bigint[]))
order by received_at, path, return_id
