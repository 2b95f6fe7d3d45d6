-- One office's states as of several instants, each chosen as in select_compounds. A compound that was the same at several
-- of them is one row, with their places: most are, and states are long.
select compound_id, pending, name, community, kind, buildings, households, planned_year, scheme, deliberated_on,
       array_to_string(nullif(aims, '{}'), E'\x1f') as aims, accepted_on, committee_stage, filed_on, project_digest,
       array_agg(place) as places
from (
    select place, chosen.week, chosen.version
    from unnest(cast(:instants as timestamptz[])) with ordinality as asked (as_of, place)
    cross join lateral (
        select week, version from duban.pointer
        where plan = :plan and office = :office and known_from <= asked.as_of and known_until > asked.as_of
        order by week desc limit 1
    ) as chosen
) as last
cross join lateral (
    select * from duban.compound_state
    where plan = :plan and office = :office and week = last.week and version = last.version
    offset 0
) as state
group by compound_id, pending, name, community, kind, buildings, households, planned_year, scheme, deliberated_on,
         state.aims, accepted_on, committee_stage, filed_on, project_digest
order by compound_id
