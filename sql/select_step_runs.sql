select dag, run, step, part, attempt, as_of, began_at, ended_at, outcome, error
from duban.step_run
where plan = :plan and ended_at > :after and ended_at <= :until
order by ended_at, dag, run, step, part, attempt
