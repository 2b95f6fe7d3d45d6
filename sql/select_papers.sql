select paper.*, signature.signed_by, signature.signed_at, signature.dated, signature.path as signed_path,
       signature.sha256 as signed_sha256
from duban.paper
left join duban.signature using (plan, paper_id)
where paper.plan = :plan and (cast(:paper_id as bigint) is null or paper_id = :paper_id)
order by paper.as_of, paper_id
