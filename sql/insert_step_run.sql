insert into duban.step_run (plan, dag, run, step, part, attempt, as_of, began_at, ended_at, outcome, error)
values (:plan, :dag, :run, :step, :part, :attempt, :as_of, :began_at, :ended_at, :outcome, :error)
on conflict (plan, dag, run, step, part, attempt) do update
set as_of = excluded.as_of, began_at = excluded.began_at, ended_at = excluded.ended_at,
    outcome = excluded.outcome, error = excluded.error
