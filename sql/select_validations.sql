select as_of, rules_version, returns, summary from duban.validation where plan = :plan order by as_of, validation_id
