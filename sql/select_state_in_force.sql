-- The state that the week being recorded is folded upon: the office's last week before it.
select compound_state.* from duban.compound_state
join (
    select plan, office, week, version from duban.pointer
    where plan = :plan and office = :office and week < :week and known_until = 'infinity'
    order by week desc limit 1
) as last using (plan, office, week, version)
order by compound_id
