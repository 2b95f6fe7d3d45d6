-- Of each question (an office, a week, an instant) the folded state of the office's last week before that week, among
-- those known at that instant; `place` says which question. `offset 0` as in select_compounds.
select compound_id, pending, name, community, kind, buildings, households, planned_year, scheme, deliberated_on,
       array_to_string(nullif(aims, '{}'), E'\x1f') as aims, accepted_on, committee_stage, filed_on, project_digest,
       place
from unnest(cast(:offices as text[]), cast(:weeks as text[]), cast(:moments as timestamptz[]))
         with ordinality as asked (office, week, known_at, place)
cross join lateral (
    select version, pointer.week from duban.pointer
    where plan = :plan and pointer.office = asked.office and pointer.week < asked.week
      and known_from <= asked.known_at and known_until > asked.known_at
    order by pointer.week desc limit 1
) as last
cross join lateral (
    select * from duban.compound_state
    where plan = :plan and compound_state.office = asked.office
      and compound_state.week = last.week and compound_state.version = last.version
    offset 0
) as state
order by place, compound_id
