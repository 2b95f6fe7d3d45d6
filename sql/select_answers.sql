-- The files handed back for returns.
select return_id, files from duban.answer
where plan = :plan and return_id = any (cast(:return_ids as bigint[]))
