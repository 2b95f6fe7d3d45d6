-- Of each office and week the return received last counts; equal times of receipt: by path (returns.md).
select exists (
    select from duban.verdict
    join duban.received using (plan, return_id)
    where plan = :plan and verdict.office = :office and week = :week and status in ('accepted', 'partial')
      and (received_at, path) > (:received_at, :path)
)
