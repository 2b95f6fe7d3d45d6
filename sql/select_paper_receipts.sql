select paper_id, received_by, received_at, reply, sha256
from duban.paper_receipt
where plan = :plan and (cast(:paper_id as bigint) is null or paper_id = :paper_id)
order by receipt_id
