insert into duban.validation (plan, as_of, suite, rules_version, returns, rows, success, results)
values (:plan, :as_of, :suite, :rules_version, cast(:returns as bigint[]), :rows, :success, cast(:results as jsonb))
on conflict do nothing
