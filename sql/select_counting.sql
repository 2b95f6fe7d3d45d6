-- Which of some accepted returns, of different offices, count for their weeks, and from when on what they say is known.
-- Of each office and week the return received last counts; equal times of receipt: by path (returns.md).
-- What is known never changes backwards: a return judged out of turn is known from the office's latest change on.
select taken.return_id, greatest(taken.received_at, latest.known_from) as known_from
from unnest(cast(:return_ids as bigint[]), cast(:offices as text[]), cast(:weeks as text[]),
            cast(:moments as timestamptz[]), cast(:paths as text[])) as taken (return_id, office, week, received_at, path)
cross join lateral (
    select max(known_from) as known_from from duban.pointer where plan = :plan and pointer.office = taken.office
) as latest
where not exists (
    select from duban.verdict
    join duban.received using (plan, return_id)
    where plan = :plan and verdict.office = taken.office and verdict.week = taken.week
      and status in ('accepted', 'partial')
      and (received.received_at, received.path) > (taken.received_at, taken.path)
)
