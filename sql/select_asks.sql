-- What the bureau asked to be changed, of one return or of an office, oldest first; where given, as known when another
-- return (received_at, path) came. answered_by is the first return with rows that counted after it was asked, for that
-- week or a later one.
select ask_id, return_id, table_key, compound, reason, asked_by, asked_at, answer.answered_by
from duban.ask
join duban.received using (plan, return_id)
join duban.verdict using (plan, return_id)
left join lateral (
    select later.return_id as answered_by
    from duban.received as later
    join duban.verdict as judged on judged.plan = later.plan and judged.return_id = later.return_id
    where later.plan = ask.plan and later.office = received.office and later.received_at > asked_at
      and judged.status in ('accepted', 'partial') and judged.kind <> '零报告'
      and (verdict.week is null or judged.week >= verdict.week)
      and (cast(:received_at as timestamptz) is null or (later.received_at, later.path) < (:received_at, :path))
    order by later.received_at, later.path
    limit 1
) as answer on true
where ask.plan = :plan
  and (cast(:return_id as bigint) is null or return_id = :return_id)
  and (cast(:office as text) is null or received.office = :office)
  and (cast(:received_at as timestamptz) is null or asked_at < :received_at)
order by asked_at, ask_id
