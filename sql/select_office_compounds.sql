-- One office's state as of an instant, chosen as in select_compounds.
select compound_state.office, compound_id, pending, name, community, kind, buildings, households, planned_year, scheme,
       deliberated_on, array_to_string(nullif(aims, '{}'), E'\x1f') as aims, accepted_on, committee_stage, filed_on,
       project_digest
from (
    select week, version from duban.pointer
    where plan = :plan and office = :office and known_from <= :as_of and known_until > :as_of
    order by week desc limit 1
) as last
join duban.compound_state
    on plan = :plan and compound_state.week = last.week and office = :office and compound_state.version = last.version
order by compound_id
