select * from duban.audit
where plan = :plan and (cast(:paper_id as bigint) is null or paper_id = :paper_id)
order by seq
