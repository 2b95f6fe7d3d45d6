-- One writer an office; in the order of the codes, so that two writers never wait for each other.
select code from duban.office where plan = :plan and code = any (cast(:offices as text[])) order by code for update
