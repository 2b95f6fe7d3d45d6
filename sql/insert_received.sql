-- Files taken in, in the order given; one that was taken in before is left as it is and not told again.
insert into duban.received (plan, office, path, size, modified_at, sha256, received_at)
select :plan, office, path, size, modified_at, sha256, received_at
from unnest(cast(:offices as text[]), cast(:paths as text[]), cast(:sizes as bigint[]),
            cast(:modified as timestamptz[]), cast(:digests as text[]), cast(:received as timestamptz[]))
         with ordinality as archived (office, path, size, modified_at, sha256, received_at, place)
order by place
on conflict (plan, path, modified_at, sha256) do nothing
returning return_id, office, path, sha256, received_at
