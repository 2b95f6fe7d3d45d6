update duban.pointer set known_until = closed.known_from
from unnest(cast(:offices as text[]), cast(:weeks as text[]), cast(:moments as timestamptz[]))
    as closed (office, week, known_from)
where pointer.plan = :plan and pointer.office = closed.office and pointer.week = closed.week
  and pointer.known_until = 'infinity'
