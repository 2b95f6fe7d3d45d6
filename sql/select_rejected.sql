-- The drafts on the same matter that were sent back, oldest first, each with the remark.
select paper_id, why, done_by
from duban.paper
join duban.audit using (plan, paper_id)
where plan = :plan and kind = :kind and paper.as_of = :as_of and items = cast(:items as text[])
  and office is not distinct from :office and after = 'rejected'
order by paper_id
