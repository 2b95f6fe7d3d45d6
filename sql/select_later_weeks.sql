-- The weeks that stand on the week being recorded, with the return each is folded from.
select week, return_id from duban.pointer
where plan = :plan and office = :office and week > :week and known_until = 'infinity'
order by week
