-- A step that was tried again, and then did it.
insert into duban.step_run (plan, dag, run, step, part, attempt, as_of, began_at, ended_at, outcome, error) values
('old', 'weekly_report', 'scheduled__1', 'draft', -1, 1, '2018-08-03T17:00:00+08:00', '2018-08-03T17:02:00+08:00',
 '2018-08-03T17:02:09+08:00', 'retried', 'OperationalError'),
('old', 'weekly_report', 'scheduled__1', 'draft', -1, 2, '2018-08-03T17:00:00+08:00', '2018-08-03T17:04:00+08:00',
 '2018-08-03T17:04:11+08:00', 'succeeded', '');
