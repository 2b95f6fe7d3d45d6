-- Every office's roll-up as of an instant, chosen as in select_compounds.
select rollup.* from duban.office
cross join lateral (
    select week, version from duban.pointer
    where pointer.plan = office.plan and pointer.office = office.code
      and known_from <= :as_of and known_until > :as_of
    order by week desc limit 1
) as last
join duban.rollup
    on rollup.plan = office.plan and rollup.office = office.code
   and rollup.week = last.week and rollup.version = last.version
where office.plan = :plan
order by rollup.office
