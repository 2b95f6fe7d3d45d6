-- The return was answered.
insert into duban.answer (plan, return_id, as_of, files) values
('old', 1, '2018-08-03T10:01:00+08:00', '{MH/回执.docx}');
