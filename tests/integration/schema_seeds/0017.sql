-- The board's snapshot of a cut-off.
insert into duban.snapshot (plan, as_of, mark, lasting, lease, district) values
('old', '2018-08-03T17:00:00+08:00', 'eac8d96f20c85d7a6f960b5af14478a5a45210392f61ace2f620d7b72373b615', true, 'run', '{}');
insert into duban.snapshot_office (plan, as_of, office, head, detail) values
('old', '2018-08-03T17:00:00+08:00', 'MH', '{}', '{}');
