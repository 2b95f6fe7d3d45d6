-- What a listing showed and nobody has registered: new files, and those that an interrupted run left behind.
select office, path, size, modified_at, sighting.received_at
from unnest(cast(:paths as text[]), cast(:sizes as bigint[]), cast(:modified as timestamptz[]))
         as shown (path, size, modified_at)
join duban.sighting using (path, size, modified_at)
where plan = :plan
  and not exists (
      select from duban.received
      where received.plan = sighting.plan and received.path = sighting.path
        and received.modified_at = sighting.modified_at and received.size = sighting.size
  )
order by received_at, path
