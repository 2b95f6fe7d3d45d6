-- The ledger. Two clocks: `week` says which week a row describes, known_from/known_until when duban knew it so.
-- Everything is append-only but pointer.known_until, which is set once.

create domain duban.week_key as text collate "C" check (value ~ '^\d{4}-W\d{2}$');
create domain duban.digest as text collate "C" check (value ~ '^[0-9a-f]{64}$');

-- An office that anything was ever heard of. Its row is what a writer locks.
create table duban.office (
    plan text collate "C" not null,
    code text collate "C" not null,
    primary key (plan, code)
);

-- A listing of an office's folder that came to its end. Kept so that a deadline can be asked whether anybody looked.
create table duban.listing (
    plan   text collate "C" not null,
    office text collate "C" not null,
    as_of  timestamptz not null,
    primary key (plan, office, as_of),
    foreign key (plan, office) references duban.office
);

-- A file as a listing first showed it; other bytes at the same path are another file (domain.md §3).
-- not_before is the last completed listing of the folder that did not show it, null when it came with the first.
create table duban.sighting (
    plan        text collate "C" not null,
    office      text collate "C" not null,
    path        text collate "C" not null,
    size        bigint not null check (size >= 0),
    modified_at timestamptz not null,
    first_seen  timestamptz not null,
    not_before  timestamptz,
    received_at timestamptz not null,
    primary key (plan, path, modified_at, size),
    foreign key (plan, office) references duban.office,
    check (starts_with(path, office || '/')),
    check (received_at > not_before)
);

-- A file whose bytes are in the archive: a return, from here on known by return_id.
create table duban.received (
    plan        text collate "C" not null,
    return_id   bigint generated always as identity,
    office      text collate "C" not null,
    path        text collate "C" not null,
    size        bigint not null check (size >= 0),
    modified_at timestamptz not null,
    sha256      duban.digest not null,
    received_at timestamptz not null,
    primary key (plan, return_id),
    unique (plan, path, modified_at, sha256),
    foreign key (plan, path, modified_at, size) references duban.sighting
);
create index received_by_digest on duban.received (plan, sha256);
create index received_in_order on duban.received (plan, received_at, path);

-- What became of a return. office, week and kind are what its cover says, null where it did not tell.
-- slip_at is when its correction slip went out, faults what that named, each as code/compound/column.
-- Every row is accounted for (faults.md, I6).
create table duban.verdict (
    plan              text collate "C" not null,
    return_id         bigint not null,
    status            text not null check (status in ('accepted', 'partial', 'returned', 'duplicate')),
    office            text collate "C",
    week              duban.week_key,
    kind              text check (kind in ('正常报送', '零报告', '更正报送')),
    rules_version     text not null,
    judged_as_of      timestamptz not null,
    slip_at           timestamptz,
    rows_read         integer not null,
    rows_accepted     integer not null check (rows_accepted >= 0),
    rows_rejected     integer not null check (rows_rejected >= 0),
    rows_ignored      integer not null check (rows_ignored >= 0),
    ledger_rows       integer not null check (ledger_rows >= 0),
    project_compounds text[] not null,
    faults            text[] not null,
    primary key (plan, return_id),
    foreign key (plan, return_id) references duban.received,
    check (cardinality(faults) = 0 or slip_at is not null),
    check (rows_read = rows_accepted + rows_rejected + rows_ignored),
    check (status not in ('accepted', 'partial') or (office is not null and week is not null and kind is not null)),
    check (status <> 'accepted' or rows_rejected = 0),
    check (status <> 'partial' or rows_rejected > 0)
);
create index verdict_by_week on duban.verdict (plan, office, week);

create table duban.finding (
    plan       text collate "C" not null,
    return_id  bigint not null,
    position   integer not null,
    code       text not null check (code ~ '^[A-Z]\d{2}$'),
    class      text not null check (class in ('A', 'B', 'C', 'D')),
    sheet      text,
    cell       text,
    compound   text,
    column_key text,
    row        integer,
    found      text not null,
    expected   text not null,
    reason     text,
    primary key (plan, return_id, position),
    foreign key (plan, return_id) references duban.verdict
);

-- Every row under a table's header, in the order in which it was judged. `row` is its line in the sheet, from 1;
-- `cells` the typed values by column key: dates as yyyy-mm-dd, decimals as text, so that nothing is rounded.
create table duban.return_row (
    plan      text collate "C" not null,
    return_id bigint not null,
    position  integer not null,
    table_key text not null,
    row       integer not null check (row > 0),
    verdict   text not null check (verdict in ('accepted', 'rejected', 'ignored')),
    compound  text collate "C",
    cells     jsonb not null check (jsonb_typeof(cells) = 'object'),
    reason    text,
    primary key (plan, return_id, position),
    unique (plan, return_id, table_key, row),
    foreign key (plan, return_id) references duban.verdict,
    check (verdict = 'accepted' or reason is not null)
);

-- An accepted line of 工作动态.
create table duban.activity (
    plan      text collate "C" not null,
    return_id bigint not null,
    row       integer not null,
    kind      text not null,
    held_on   date not null,
    subject   text,
    primary key (plan, return_id, row),
    foreign key (plan, return_id) references duban.verdict
);

-- A week of an office, folded: `version` counts the times it was folded anew, `return_id` is that week's own return.
-- The counts are of the folded compounds and take every date as past.
create table duban.rollup (
    plan                text collate "C" not null,
    week                duban.week_key not null,
    office              text collate "C" not null,
    version             integer not null check (version > 0),
    return_id           bigint not null,
    compounds           integer not null,
    pending             integer not null,
    schemes_drafted     integer not null,
    schemes_deliberated integer not null,
    committees_filed    integer not null,
    improved            integer not null,
    primary key (plan, week, office, version),
    foreign key (plan, office) references duban.office,
    foreign key (plan, return_id) references duban.verdict
);

-- The compounds of a folded week: the office's whole state, so that "as of" never has to look further back.
-- buildings and households are numeric: a compound known from a rejected row alone may carry any number.
create table duban.compound_state (
    plan            text collate "C" not null,
    week            duban.week_key not null,
    office          text collate "C" not null,
    version         integer not null,
    compound_id     text collate "C" not null,
    pending         boolean not null,
    name            text,
    community       text,
    kind            text,
    buildings       numeric,
    households      numeric,
    planned_year    text,
    scheme          text,
    deliberated_on  date,
    aims            text[] not null,
    accepted_on     date,
    committee_stage text,
    filed_on        date,
    project_digest  text,
    primary key (plan, week, office, version, compound_id),
    foreign key (plan, week, office, version) references duban.rollup
);

-- Which version of a week was known when: [known_from, known_until).
create table duban.pointer (
    plan        text collate "C" not null,
    office      text collate "C" not null,
    week        duban.week_key not null,
    version     integer not null,
    return_id   bigint not null,
    known_from  timestamptz not null check (isfinite(known_from)),
    known_until timestamptz not null default 'infinity',
    primary key (plan, office, week, version),
    foreign key (plan, week, office, version) references duban.rollup,
    foreign key (plan, return_id) references duban.verdict,
    check (known_from <= known_until)
);
create unique index pointer_in_force on duban.pointer (plan, office, week) where known_until = 'infinity';

create function duban.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'duban.% is append-only: % refused', tg_table_name, tg_op;
end $$;

do $$
declare
    name text;
begin
    foreach name in array array['listing', 'sighting', 'received', 'verdict', 'finding', 'return_row', 'activity',
                                'rollup', 'compound_state']
    loop
        execute format('create trigger append_only before update or delete or truncate on duban.%I '
                       'for each statement execute function duban.refuse_change()', name);
    end loop;
end $$;
create trigger append_only before delete or truncate on duban.pointer
    for each statement execute function duban.refuse_change();
create trigger closed_once before update on duban.pointer for each row
    when (old.known_until <> 'infinity'
          or (old.plan, old.office, old.week, old.version, old.return_id, old.known_from)
             is distinct from (new.plan, new.office, new.week, new.version, new.return_id, new.known_from))
    execute function duban.refuse_change();
