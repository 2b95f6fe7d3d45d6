-- What the bureau decides about single compounds, with who, when and why. Append-only: a decision is replaced by a later
-- one on the same matter, never changed.

-- A rule lifted for a compound until a day, that day included (rule: a finding's code, or 'committee').
create table duban.waiver (
    plan       text collate "C" not null,
    waiver_id  bigint generated always as identity,
    rule       text collate "C" not null,
    compound   text collate "C" not null,
    until      date not null,
    reason     text not null check (reason <> ''),
    decided_by text not null check (decided_by <> ''),
    decided_at timestamptz not null,
    primary key (plan, waiver_id),
    unique (plan, rule, compound, decided_at)
);

-- A compound switched into or out of its office's frozen baseline.
create table duban.amendment (
    plan         text collate "C" not null,
    amendment_id bigint generated always as identity,
    office       text collate "C" not null,
    compound     text collate "C" not null,
    change       text not null check (change in ('add', 'remove')),
    reason       text not null check (reason <> ''),
    decided_by   text not null check (decided_by <> ''),
    decided_at   timestamptz not null,
    primary key (plan, amendment_id),
    unique (plan, compound, decided_at)
);

create trigger append_only before update or delete or truncate on duban.waiver
    for each statement execute function duban.refuse_change();
create trigger append_only before update or delete or truncate on duban.amendment
    for each statement execute function duban.refuse_change();

-- Reasons are few among findings, and asked for with every return.
create index finding_explained on duban.finding (plan, return_id) where reason is not null;
