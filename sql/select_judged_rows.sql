-- The rows of a return that its week is folded from, in the order in which they were judged.
select table_key, row, verdict, compound, cells, reason from duban.return_row
where plan = :plan and return_id = :return_id and verdict <> 'ignored'
order by position
