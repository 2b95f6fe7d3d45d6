-- The rows of returns that their weeks are folded from, in the order in which they were judged.
select return_id, table_key, row, verdict, compound, cells, reason from duban.return_row
where plan = :plan and return_id = any (cast(:return_ids as bigint[])) and verdict <> 'ignored'
order by return_id, position
