-- An extension is asked and granted.
insert into duban.appeal (plan, obligation, step, until, reason, said_by, said_at) values
('old', 'O-2', 'extension_asked', '2018-09-30', '汛期停工', '北关办事处', '2018-08-04T09:00:00+08:00'),
('old', 'O-2', 'extended', '2018-09-30', '情况属实', '李四', '2018-08-05T09:00:00+08:00');
