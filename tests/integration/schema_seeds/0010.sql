-- Somebody went and found it so.
insert into duban.site_check (plan, compound, matter, result, visited_on, checked_by, note, recorded_at) values
('old', 'MH-001', 'improvement', 'true', '2018-08-04', '张三', '属实', '2018-08-04T17:00:00+08:00');
