-- The signed paper is owed to two recipients; the first has it.
insert into duban.delivery (plan, paper_id, recipient, channel, address, message_id, state, changed_at, changed_by,
                            origin) values
('old', 1, '北关办事处', 'folder', 'BG', '<1@duban>', 'pending', '2018-07-31T09:00:00+08:00', '李四', 'bureau/1'),
('old', 1, '东区督查室', 'folder', '东区督查室', '<2@duban>', 'pending', '2018-07-31T09:00:00+08:00', '李四', 'bureau/1');
update duban.delivery set state = 'sent', attempts = 1, changed_by = 'duban' where plan = 'old' and delivery_id = 1;
