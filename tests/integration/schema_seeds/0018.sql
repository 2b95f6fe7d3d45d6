-- A confirmation that an office has no compound: of the one return that these seeds have, after the snapshot's instant.
insert into duban.empty_confirmation (plan, return_id, reason, decided_by, decided_at) values
('old', 1, '现场核实', '李四', '2018-08-03T18:00:00+08:00');
