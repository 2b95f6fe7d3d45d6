-- The first recipient says that it has the paper.
insert into duban.paper_receipt (plan, paper_id, received_by, received_at, origin) values
('old', 1, '北关办事处', '2018-08-01T09:00:00+08:00', 'bureau/1');
