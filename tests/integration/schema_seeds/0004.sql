-- A waiver and an amendment of the baseline.
insert into duban.waiver (plan, rule, compound, until, reason, decided_by, decided_at) values
('old', 'committee', 'MH-001', '2018-12-31', '拆迁在即', '李四', '2018-08-03T11:00:00+08:00');
insert into duban.amendment (plan, office, compound, change, reason, decided_by, decided_at) values
('old', 'MH', 'MH-002', 'add', '漏报', '李四', '2018-08-03T11:00:00+08:00');
