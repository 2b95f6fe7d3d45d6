-- A run of the suites over the one return.
insert into duban.validation (plan, as_of, rules_version, returns, summary) values
('old', '2018-08-03T10:01:00+08:00', 'rules-1', '{1}', '{"rules": 1}');
