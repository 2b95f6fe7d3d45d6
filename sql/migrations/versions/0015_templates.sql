-- From which base document a paper was made: templates/<kind>.docx by its sha-256, of the draft and of the signed paper.
-- A paper that is older than this table has no row.
create table duban.paper_template (
    plan     text collate "C" not null,
    paper_id bigint not null,
    stage    text not null check (stage in ('drafted', 'signed')),
    sha256   duban.digest not null,
    primary key (plan, paper_id, stage),
    foreign key (plan, paper_id) references duban.paper
);

create trigger append_only before update or delete or truncate on duban.paper_template
    for each statement execute function duban.refuse_change();
