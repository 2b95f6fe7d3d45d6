-- The first draft is reviewed and signed, number 1 of its register. Its signed bytes are `signed 1`. The digests of the
-- chain were computed once and stand as they were stored: what old chains hold must stay sound.
insert into duban.paper_content (plan, paper_id, content) values
('old', 1, '{"kind": "urge"}');
insert into duban.number_counter (plan, issuer, series, year, last) values ('old', 'group', '催办通知单', 2018, 1);
insert into duban.number (plan, issuer, series, year, number, printed, entered, paper_id) values
('old', 'group', '催办通知单', 2018, 1, '东整催〔2018〕1号', false, 1);
insert into duban.signature (plan, paper_id, signed_by, signed_at, dated, number, path, sha256) values
('old', 1, '李四', '2018-07-31T09:00:00+08:00', '2018-07-31', '东整催〔2018〕1号', 'urge/1-签发.docx',
 '3ced82223018f515b5ccdcc7f8dd937d63a2f930ec765ee3ba675366c14345f6');
update duban.paper set state = 'signed', number = '东整催〔2018〕1号' where plan = 'old' and paper_id = 1;
insert into duban.audit (plan, seq, paper_id, before, after, done_by, at, why, sha256, number, origin, recorded_at,
                         previous, digest) values
('old', 1, 1, null, 'drafted', 'duban', '2018-07-30T08:30:00+08:00', '',
 'eac8d96f20c85d7a6f960b5af14478a5a45210392f61ace2f620d7b72373b615', null, 'bureau/1', '2018-07-30T08:30:00+08:00',
 '0000000000000000000000000000000000000000000000000000000000000000',
 '4bfd2d7726813fa0e2b2bd9b9dc3d59d529906738cc6ac1971715ce7ec197c70'),
('old', 2, 1, 'drafted', 'reviewed', '张三', '2018-07-30T10:00:00+08:00', '',
 'eac8d96f20c85d7a6f960b5af14478a5a45210392f61ace2f620d7b72373b615', null, 'bureau/1', '2018-07-30T10:00:00+08:00',
 '4bfd2d7726813fa0e2b2bd9b9dc3d59d529906738cc6ac1971715ce7ec197c70',
 '13828196c262c44d407e845978d8759c7f83fde45a0e866bbc08eaf1eb907334'),
('old', 3, 1, 'reviewed', 'signed', '李四', '2018-07-31T09:00:00+08:00', '',
 '3ced82223018f515b5ccdcc7f8dd937d63a2f930ec765ee3ba675366c14345f6', '东整催〔2018〕1号', 'bureau/1', '2018-07-31T09:00:00+08:00',
 '13828196c262c44d407e845978d8759c7f83fde45a0e866bbc08eaf1eb907334',
 '3566887906910581f6d4ea2e7c2846bfa1dc00137a07eaba6ad9e0ac5bcfc7ee');
insert into duban.audit_head (plan, seq, digest) values
('old', 3, '3566887906910581f6d4ea2e7c2846bfa1dc00137a07eaba6ad9e0ac5bcfc7ee');
