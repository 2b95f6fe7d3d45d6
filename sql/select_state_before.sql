-- The folded state of the office's last week before `week`, among those known at `known_at`.
select compound_state.office, compound_id, pending, name, community, kind, buildings, households, planned_year, scheme,
       deliberated_on, array_to_string(nullif(aims, '{}'), E'\x1f') as aims, accepted_on, committee_stage, filed_on,
       project_digest
from duban.compound_state
join (
    select plan, office, week, version from duban.pointer
    where plan = :plan and office = :office and week < :week and known_from <= :known_at and known_until > :known_at
    order by week desc limit 1
) as last using (plan, office, week, version)
order by compound_id
