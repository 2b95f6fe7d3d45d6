-- The register of papers. A paper is registered once for what it speaks of; its bytes lie on the shelf.
create table duban.paper (
    plan     text collate "C" not null,
    paper_id bigint generated always as identity,
    kind     text not null,
    title    text not null,
    to_units text[] not null,
    cc_units text[] not null,
    number   text,
    state    text not null check (state in ('drafted', 'reviewed', 'signed', 'delivered', 'acknowledged', 'rejected',
                                            'withdrawn', 'void', 'revoked')),
    as_of    timestamptz not null,
    path     text collate "C" not null,
    sha256   duban.digest not null,
    office   text collate "C",
    week     duban.week_key,
    rung     text,
    items    text[] not null,
    primary key (plan, paper_id),
    unique nulls not distinct (plan, kind, office, as_of, items),
    unique (plan, path)
);

-- Every figure printed in a paper: what it says, by which rule, from which returns.
create table duban.figure (
    plan       text collate "C" not null,
    paper_id   bigint not null,
    key        text collate "C" not null,
    printed    text not null,
    definition text not null,
    returns    bigint[] not null,
    primary key (plan, paper_id, key),
    foreign key (plan, paper_id) references duban.paper
);

-- Each obligation gets each rung once (domain.md §6).
create table duban.paper_item (
    plan       text collate "C" not null,
    obligation text collate "C" not null,
    rung       text collate "C" not null,
    paper_id   bigint not null,
    primary key (plan, obligation, rung),
    foreign key (plan, paper_id) references duban.paper
);

create trigger append_only before update or delete or truncate on duban.figure
    for each statement execute function duban.refuse_change();
