-- received_at is the file's modification time, clamped to (last listing without it, moment first seen] (domain.md §3).
-- That interval is open below; a microsecond is the smallest step of a timestamp.
with shown as (
    select * from unnest(cast(:offices as text[]), cast(:paths as text[]), cast(:sizes as bigint[]),
                         cast(:modified as timestamptz[])) as shown (office, path, size, modified_at)
),
last_listing as (
    select office, max(as_of) as not_before from duban.listing where plan = :plan group by office
)
insert into duban.sighting (plan, office, path, size, modified_at, first_seen, not_before, received_at)
select :plan, shown.office, path, size, modified_at, :as_of, not_before,
       greatest(least(modified_at, cast(:as_of as timestamptz)), not_before + interval '1 microsecond')
from shown left join last_listing using (office)
on conflict do nothing
