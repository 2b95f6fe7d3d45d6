insert into duban.listing (plan, office, as_of)
select :plan, code, :as_of from unnest(cast(:offices as text[])) as listed (code)
on conflict do nothing
