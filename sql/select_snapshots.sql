-- The instants that are kept.
select as_of from duban.snapshot where plan = :plan and mark = :mark and district is not null
