-- The second letter is known to have been drafted from a base document that nobody has any more.
insert into duban.paper_template (plan, paper_id, stage, sha256) values
('old', 2, 'drafted', 'eac8d96f20c85d7a6f960b5af14478a5a45210392f61ace2f620d7b72373b615');
