-- The district's part, once everything is worked out; no row where a fact came in meanwhile, or somebody began anew.
update duban.snapshot set district = cast(:district as json)
where plan = :plan and as_of = :as_of and lease = :lease and district is null
returning as_of
