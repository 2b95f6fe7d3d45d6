-- What the board shows of an instant, worked out once by a run (docs/decisions/board-snapshots.md). Not part of the record
-- of the plan: it follows from it, may be thrown away, and is thrown away as soon as it no longer follows.

-- `mark` is the digest of what else it follows from: the plan's file and the rules of this version. `lasting` ones are of
-- cut-offs; of all others the newest is kept. `lease` names who works it out; `district` is null until that is done.
create table duban.snapshot (
    plan     text collate "C" not null,
    as_of    timestamptz not null,
    mark     duban.digest not null,
    lasting  boolean not null,
    lease    text not null,
    district json,
    primary key (plan, as_of)
);

-- An office's part: `head` is its line of the overview, `detail` what its own page shows beyond.
create table duban.snapshot_office (
    plan   text collate "C" not null,
    as_of  timestamptz not null,
    office text collate "C" not null,
    head   json not null,
    detail json not null,
    primary key (plan, as_of, office),
    foreign key (plan, as_of) references duban.snapshot on delete cascade
);

-- A fact throws away every snapshot of an instant at which it was known, also one that is still being worked out. Who
-- writes facts holds the lock shared until his transaction ends, who begins a snapshot waits for it: so none is begun
-- beside a fact that it does not see. The argument says when a row of `added` was known.
create function duban.forget_snapshots() returns trigger language plpgsql as $$
declare
    fact record;
begin
    for fact in execute format('select plan, min(%s) as known_at from added group by plan', tg_argv[0])
    loop
        perform pg_advisory_xact_lock_shared(hashtext('duban.snapshot'), hashtext(fact.plan));
        delete from duban.snapshot
        where plan = fact.plan
          and as_of in (select as_of from duban.snapshot
                        where plan = fact.plan and as_of >= fact.known_at
                        order by as_of for update);
    end loop;
    return null;
end $$;

do $$
declare
    fact record;
begin
    for fact in
        select * from (values
            ('listing', 'as_of'),
            ('sighting', 'first_seen'),
            ('verdict', '(select received_at from duban.received
                          where received.plan = added.plan and received.return_id = added.return_id)'),
            ('waiver', 'decided_at'),
            ('amendment', 'decided_at'),
            ('appeal', 'said_at'),
            ('site_check', 'recorded_at'),
            ('audit', 'at'),
            ('delivery_change', 'changed_at'),
            ('paper_receipt', 'received_at')) as facts (name, known_at)
    loop
        execute format('create trigger forgets_snapshots after insert on duban.%I referencing new table as added '
                       'for each statement execute function duban.forget_snapshots(%L)', fact.name, fact.known_at);
    end loop;
end $$;

-- An office's returns and papers, a week's returns, the newest papers: what the board's pages ask, without the rest.
create index received_by_office on duban.received (plan, office, received_at, path);
create index verdict_of_week on duban.verdict (plan, week, return_id);
create index paper_in_order on duban.paper (plan, as_of, paper_id);
create index paper_of_office on duban.paper (plan, office, as_of, paper_id);
