-- The newest instant that is kept.
select as_of from duban.snapshot
where plan = :plan and mark = :mark and district is not null
order by as_of desc limit 1
