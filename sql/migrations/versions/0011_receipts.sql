-- 签收和回执: that a recipient has a paper, and what it answers. `reply` is its text, `sha256` the file in the archive; both
-- null where it only says that the paper came. Written once; the same again changes nothing.
create table duban.paper_receipt (
    plan        text collate "C" not null,
    receipt_id  bigint generated always as identity,
    paper_id    bigint not null,
    received_by text not null check (received_by <> ''),
    received_at timestamptz not null,
    reply       text,
    sha256      duban.digest,
    origin      text not null,
    primary key (plan, receipt_id),
    unique nulls not distinct (plan, paper_id, received_by, reply, sha256),
    foreign key (plan, paper_id) references duban.paper
);

create trigger append_only before update or delete or truncate on duban.paper_receipt
    for each statement execute function duban.refuse_change();
