-- Every office's state as of an instant: of the weeks known then, the last one; each week holds the whole state.
select compound_state.* from duban.office
cross join lateral (
    select week, version from duban.pointer
    where pointer.plan = office.plan and pointer.office = office.code
      and known_from <= :as_of and known_until > :as_of
    order by week desc limit 1
) as last
join duban.compound_state
    on compound_state.plan = office.plan and compound_state.office = office.code
   and compound_state.week = last.week and compound_state.version = last.version
where office.plan = :plan
order by compound_state.office, compound_id
