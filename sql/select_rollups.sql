-- Every office's roll-up as of an instant, chosen and looked up as in select_compounds.
select rollup.* from duban.office
cross join lateral (
    select week, version from duban.pointer
    where pointer.plan = office.plan and pointer.office = office.code
      and known_from <= :as_of and known_until > :as_of
    order by week desc limit 1
) as last
cross join lateral (
    select * from duban.rollup
    where rollup.plan = office.plan and rollup.office = office.code
      and rollup.week = last.week and rollup.version = last.version
    offset 0
) as rollup
where office.plan = :plan
order by rollup.office
