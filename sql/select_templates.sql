select paper_template.*, paper.kind
from duban.paper_template
join duban.paper using (plan, paper_id)
where plan = :plan
order by paper_id, stage
