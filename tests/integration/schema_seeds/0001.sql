-- One return of one office, accepted and folded. Its archived bytes are `return 1`.
insert into duban.office (plan, code) values ('old', 'MH');
insert into duban.listing (plan, office, as_of) values ('old', 'MH', '2018-08-03T10:00:00+08:00');
insert into duban.sighting (plan, office, path, size, modified_at, first_seen, not_before, received_at) values
('old', 'MH', 'MH/周报.xlsx', 1000, '2018-08-03T10:00:00+08:00', '2018-08-03T10:00:00+08:00', null,
 '2018-08-03T10:00:00+08:00');
insert into duban.received (plan, office, path, size, modified_at, sha256, received_at) values
('old', 'MH', 'MH/周报.xlsx', 1000, '2018-08-03T10:00:00+08:00',
 '486d9affb60dbb0063b03d8e23a6ccf6364ce203dc3a9f56f20e750eb41ecade', '2018-08-03T10:00:00+08:00');
insert into duban.verdict (plan, return_id, status, office, week, kind, rules_version, judged_as_of, slip_at, rows_read,
                           rows_accepted, rows_rejected, rows_ignored, ledger_rows, project_compounds, faults) values
('old', 1, 'accepted', 'MH', '2018-W31', '正常报送', 'rules-1', '2018-08-03T10:01:00+08:00', null, 3, 3, 0, 0, 1,
 '{MH-001}', '{}');
insert into duban.finding (plan, return_id, position, code, class, sheet, cell, compound, column_key, row, found,
                           expected, reason) values
('old', 1, 0, 'P01', 'C', '工作台账', 'F2', 'MH-001', 'households', 2, '300', '与上周一致', '拆除两户');
insert into duban.return_row (plan, return_id, position, table_key, row, verdict, compound, cells, reason) values
('old', 1, 0, 'work', 2, 'accepted', 'MH-001',
 '{"compound_id": "MH-001", "name": "MH-001小区", "households": 300}', null),
('old', 1, 1, 'project', 2, 'accepted', 'MH-001',
 '{"compound_id": "MH-001", "scheme": "已拟定", "aim_01": "已完成", "aim_02": "不涉及"}', null),
('old', 1, 2, 'activities', 2, 'accepted', null,
 '{"held_on": "2018-08-01", "kind": "宣传发动", "subject": "动员会"}', null);
insert into duban.activity (plan, return_id, row, kind, held_on, subject) values
('old', 1, 2, '宣传发动', '2018-08-01', '动员会');
insert into duban.rollup (plan, week, office, version, return_id, compounds, pending, schemes_drafted,
                          schemes_deliberated, committees_filed, improved) values
('old', '2018-W31', 'MH', 1, 1, 1, 0, 1, 0, 0, 0);
insert into duban.compound_state (plan, week, office, version, compound_id, pending, name, households, scheme, aims) values
('old', '2018-W31', 'MH', 1, 'MH-001', false, 'MH-001小区', 300, '已拟定', '{已完成,不涉及}');
insert into duban.pointer (plan, office, week, version, return_id, known_from) values
('old', 'MH', '2018-W31', 1, 1, '2018-08-03T10:00:00+08:00');
