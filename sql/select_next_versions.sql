select folded.office, folded.week, coalesce(latest.version, 0) + 1 as version
from unnest(cast(:offices as text[]), cast(:weeks as text[])) as folded (office, week)
cross join lateral (
    select max(version) as version from duban.rollup
    where plan = :plan and rollup.week = folded.week and rollup.office = folded.office
) as latest
