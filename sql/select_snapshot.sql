select cast(district as text) from duban.snapshot
where plan = :plan and as_of = :as_of and mark = :mark and district is not null
