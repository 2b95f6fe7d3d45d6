-- Every office's state as of an instant: of the weeks known then, the last one; each week holds the whole state.
-- `offset 0` keeps the look-up by key, office by office: joined freely, the planner may read every week there ever was.
select compound_state.office, compound_id, pending, name, community, kind, buildings, households, planned_year, scheme,
       deliberated_on, array_to_string(nullif(aims, '{}'), E'\x1f') as aims, accepted_on, committee_stage, filed_on,
       project_digest
from duban.office
cross join lateral (
    select week, version from duban.pointer
    where pointer.plan = office.plan and pointer.office = office.code
      and known_from <= :as_of and known_until > :as_of
    order by week desc limit 1
) as last
cross join lateral (
    select * from duban.compound_state
    where compound_state.plan = office.plan and compound_state.office = office.code
      and compound_state.week = last.week and compound_state.version = last.version
    offset 0
) as compound_state
where office.plan = :plan
order by compound_state.office, compound_id
