select return_id, judged_as_of
from duban.verdict
join duban.received using (plan, return_id)
where plan = :plan
  and judged_as_of <= :as_of
  and not exists (select from duban.answer where answer.plan = verdict.plan and answer.return_id = verdict.return_id)
order by received_at, path, return_id
