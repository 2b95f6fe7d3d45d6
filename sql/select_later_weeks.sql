-- The weeks that stand on the weeks being recorded, with the return each is folded from.
select pointer.office, pointer.week, return_id
from unnest(cast(:offices as text[]), cast(:weeks as text[])) as taken (office, week)
join duban.pointer
    on plan = :plan and pointer.office = taken.office and pointer.week > taken.week and known_until = 'infinity'
order by pointer.office, pointer.week
