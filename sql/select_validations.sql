select as_of, suite, rules_version, returns, rows, success, results from duban.validation
where plan = :plan order by as_of, validation_id
