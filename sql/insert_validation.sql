insert into duban.validation (plan, as_of, rules_version, returns, summary)
values (:plan, :as_of, :rules_version, cast(:returns as bigint[]), cast(:summary as jsonb))
on conflict do nothing
