-- What is known never changes backwards: a return judged out of turn is known from the office's latest change on.
select greatest(cast(:received_at as timestamptz), max(known_from))
from duban.pointer where plan = :plan and office = :office
