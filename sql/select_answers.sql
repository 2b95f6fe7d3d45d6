-- The files handed back for returns of one office, by return.
select answer.return_id, answer.files
from duban.answer
join duban.received using (plan, return_id)
where answer.plan = :plan and received.office = :office
