-- The second draft is declined.
update duban.paper set state = 'declined' where plan = 'old' and paper_id = 2;
insert into duban.audit (plan, seq, paper_id, before, after, done_by, at, why, sha256, number, origin, recorded_at,
                         previous, digest) values
('old', 4, 2, null, 'drafted', 'duban', '2018-08-06T08:30:00+08:00', '',
 '67a5e5c15ea1a4f1e7072a2a31c4eee4863243d3839b021199f2b04dd59f0e4c', null, 'bureau/1', '2018-08-06T08:30:00+08:00',
 '3566887906910581f6d4ea2e7c2846bfa1dc00137a07eaba6ad9e0ac5bcfc7ee',
 'd7c0b3b2adf03d87e3fc6bd43ba1e6399ae5eb60d3bfd7ddc58dcf108ece0c7b'),
('old', 5, 2, 'drafted', 'declined', '李四', '2018-08-06T09:00:00+08:00', '已经办结',
 '67a5e5c15ea1a4f1e7072a2a31c4eee4863243d3839b021199f2b04dd59f0e4c', null, 'bureau/1', '2018-08-06T09:00:00+08:00',
 'd7c0b3b2adf03d87e3fc6bd43ba1e6399ae5eb60d3bfd7ddc58dcf108ece0c7b',
 '50a1e570e22cbe21e61a83e8bcec63d70c3ce79d1a5d4fc50ae75699ac29e1fb');
update duban.audit_head set seq = 5, digest = '50a1e570e22cbe21e61a83e8bcec63d70c3ce79d1a5d4fc50ae75699ac29e1fb'
where plan = 'old';
