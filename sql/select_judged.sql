-- Which of these returns have their verdict. Their offices' rows are locked, so it stays true.
select return_id from duban.verdict where plan = :plan and return_id = any (cast(:return_ids as bigint[]))
