-- The states that weeks being recorded are folded upon: of each office its last week before.
select compound_state.office, compound_id, pending, name, community, kind, buildings, households, planned_year, scheme,
       deliberated_on, array_to_string(nullif(aims, '{}'), E'\x1f') as aims, accepted_on, committee_stage, filed_on,
       project_digest
from unnest(cast(:offices as text[]), cast(:weeks as text[])) as taken (office, week)
cross join lateral (
    select pointer.week, version from duban.pointer
    where plan = :plan and pointer.office = taken.office and pointer.week < taken.week and known_until = 'infinity'
    order by pointer.week desc limit 1
) as last
join duban.compound_state
    on plan = :plan and compound_state.week = last.week and compound_state.office = taken.office
   and compound_state.version = last.version
order by compound_state.office, compound_id
