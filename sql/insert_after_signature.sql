-- Returns that came after the cut-off of their week's report, and found that report signed.
insert into duban.after_signature (plan, return_id, paper_id)
select plan, return_id, min(paper_id)
from duban.received
join duban.verdict using (plan, return_id)
join duban.paper using (plan, week)
where plan = :plan and return_id = any (cast(:return_ids as bigint[])) and status in ('accepted', 'partial')
  and paper.kind = :kind and state = any (cast(:in_force as text[])) and received_at > paper.as_of
group by plan, return_id
on conflict do nothing
