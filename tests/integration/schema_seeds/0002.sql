-- Two drafts. Their bytes are `draft 1` and `draft 2`.
insert into duban.paper (plan, kind, title, to_units, cc_units, state, as_of, path, sha256, office, rung, items) values
('old', 'urge', '催办通知单（北关办事处）', '{北关办事处}', '{东区督查室}', 'drafted', '2018-07-30T08:30:00+08:00',
 'urge/1.docx', 'eac8d96f20c85d7a6f960b5af14478a5a45210392f61ace2f620d7b72373b615', 'BG', 'urge', '{O-1}'),
('old', 'urge', '催办通知单（北关办事处）', '{北关办事处}', '{东区督查室}', 'drafted', '2018-08-06T08:30:00+08:00',
 'urge/2.docx', '67a5e5c15ea1a4f1e7072a2a31c4eee4863243d3839b021199f2b04dd59f0e4c', 'BG', 'urge', '{O-2}');
insert into duban.figure (plan, paper_id, key, printed, definition, returns) values
('old', 1, 'MH.compounds', '1', 'domain.md §4', '{1}');
insert into duban.paper_item (plan, obligation, rung, paper_id) values
('old', 'O-1', 'urge', 1),
('old', 'O-2', 'urge', 2);
