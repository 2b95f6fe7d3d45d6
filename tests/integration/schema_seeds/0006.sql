-- The return came after a signature, and a change of it was asked.
insert into duban.after_signature (plan, return_id, paper_id) values ('old', 1, 1);
insert into duban.ask (plan, return_id, table_key, compound, reason, asked_by, asked_at) values
('old', 1, 'work', 'MH-001', '户数请核实', '张三', '2018-08-03T12:00:00+08:00');
