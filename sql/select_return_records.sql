-- replaced_by is the next return of that office and week that counts (returns.md: the one received last does).
select return_id, path, sha256, received.office, week, received_at, status, judged_as_of,
    rows_read, rows_accepted, rows_rejected, rows_ignored, next.replaced_by,
    exists (
        select from duban.after_signature
        where after_signature.plan = received.plan and after_signature.return_id = received.return_id
    ) as after_signature
from duban.received
join duban.verdict using (plan, return_id)
left join lateral (
    select later.return_id as replaced_by
    from duban.verdict as judged
    join duban.received as later using (plan, return_id)
    where plan = verdict.plan and judged.office = received.office and judged.week = verdict.week
      and judged.status in ('accepted', 'partial') and verdict.status <> 'duplicate'
      and (later.received_at, later.path) > (received.received_at, received.path)
      and (cast(:as_of as timestamptz) is null or later.received_at <= :as_of)
    order by later.received_at, later.path
    limit 1
) as next on true
where plan = :plan
  and (cast(:as_of as timestamptz) is null or received_at <= :as_of)
  and (cast(:since as timestamptz) is null or received_at > :since)
order by received_at, path, return_id
