-- What a draft says, so that it can be composed again with its number and date. Text and not jsonb: quoted cells may
-- hold what jsonb cannot.
create table duban.paper_content (
    plan     text collate "C" not null,
    paper_id bigint not null,
    content  text not null check (content is json object),
    primary key (plan, paper_id),
    foreign key (plan, paper_id) references duban.paper
);

-- The last number given in a register of our own. Its row is what a signature locks (faults.md, F-16).
create table duban.number_counter (
    plan   text collate "C" not null,
    issuer text collate "C" not null,
    series text collate "C" not null,
    year   integer not null,
    last   integer not null check (last > 0),
    primary key (plan, issuer, series, year)
);

-- Every number used, whoever gave it; that of a void paper stays.
create table duban.number (
    plan     text collate "C" not null,
    issuer   text collate "C" not null,
    series   text collate "C" not null,
    year     integer not null,
    number   integer not null check (number > 0),
    printed  text not null,
    entered  boolean not null,
    paper_id bigint not null,
    primary key (plan, issuer, series, year, number),
    unique (plan, paper_id),
    unique (plan, issuer, year, printed),
    foreign key (plan, paper_id) references duban.paper
);

-- A paper as it was signed: `path` on the shelf and `sha256` in the archive are its final bytes.
create table duban.signature (
    plan      text collate "C" not null,
    paper_id  bigint not null,
    signed_by text not null check (signed_by <> ''),
    signed_at timestamptz not null,
    dated     date not null,
    number    text,
    path      text collate "C" not null,
    sha256    duban.digest not null,
    primary key (plan, paper_id),
    unique (plan, path),
    foreign key (plan, paper_id) references duban.paper
);

-- Every change of a paper's state, each entry bound to the one before it (core/audit.py says how).
-- `at` is the instant that the act itself names, recorded_at what the database's clock said.
create table duban.audit (
    plan        text collate "C" not null,
    seq         bigint not null check (seq > 0),
    paper_id    bigint not null,
    before      text,
    after       text not null,
    done_by     text not null check (done_by <> ''),
    at          timestamptz not null,
    why         text not null,
    sha256      duban.digest not null,
    number      text,
    origin      text not null,
    recorded_at timestamptz not null,
    previous    duban.digest not null,
    digest      duban.digest not null,
    primary key (plan, seq),
    foreign key (plan, paper_id) references duban.paper
);
create index audit_of_paper on duban.audit (plan, paper_id, seq);

-- Where the chain ends: without it the last entries could be taken away unseen. Its row is what a writer locks.
create table duban.audit_head (
    plan   text collate "C" primary key,
    seq    bigint not null check (seq >= 0),
    digest duban.digest not null
);

do $$
declare
    name text;
begin
    foreach name in array array['paper_content', 'number', 'signature', 'audit']
    loop
        execute format('create trigger append_only before update or delete or truncate on duban.%I '
                       'for each statement execute function duban.refuse_change()', name);
    end loop;
    foreach name in array array['number_counter', 'audit_head', 'paper']
    loop
        execute format('create trigger kept before delete or truncate on duban.%I '
                       'for each statement execute function duban.refuse_change()', name);
    end loop;
end $$;

create trigger counts_up before update on duban.number_counter for each row
    when (new.last <> old.last + 1)
    execute function duban.refuse_change();

-- Of a registered paper only the state moves, and its number comes once.
create trigger frozen before update on duban.paper for each row
    when ((old.plan, old.paper_id, old.kind, old.title, old.to_units, old.cc_units, old.as_of, old.path, old.sha256,
           old.office, old.week, old.rung, old.items)
          is distinct from
          (new.plan, new.paper_id, new.kind, new.title, new.to_units, new.cc_units, new.as_of, new.path, new.sha256,
           new.office, new.week, new.rung, new.items)
          or (old.number is not null and new.number is distinct from old.number))
    execute function duban.refuse_change();

-- A rejected draft makes room for another one on the same matter.
alter table duban.paper drop constraint paper_plan_kind_office_as_of_items_key;
create unique index paper_once on duban.paper (plan, kind, office, as_of, items) nulls not distinct
    where state <> 'rejected';
