-- Deadlines whose timeliness is 未判定 (domain.md §3): nobody looked in the two hours before, and either nobody looked since,
-- or what was seen since may have come before or after. A plan that never looked anywhere is not watched at all.
select deadline.office, deadline.due
from unnest(cast(:offices as text[]), cast(:dues as timestamptz[])) as deadline (office, due)
where exists (select 1 from duban.listing where plan = :plan and as_of <= :as_of)
  and not exists (select 1 from duban.listing
                  where plan = :plan and office = deadline.office
                    and as_of between deadline.due - cast(:window as interval) and deadline.due)
  and (not exists (select 1 from duban.listing
                   where plan = :plan and office = deadline.office and as_of > deadline.due and as_of <= :as_of)
       or exists (select 1 from duban.sighting
                  where plan = :plan and office = deadline.office and first_seen > deadline.due
                    and first_seen <= :as_of and (not_before is null or not_before < deadline.due)))
