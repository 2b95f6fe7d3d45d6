-- When the last recipient had the paper; null while anything of it is not sent.
select case when bool_and(state = 'sent') then max(changed_at) end
from duban.delivery
where plan = :plan and paper_id = :paper_id
