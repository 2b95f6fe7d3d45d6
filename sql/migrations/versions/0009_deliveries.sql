-- What a signed paper owes each of its recipients: written in the transaction of the signature (faults.md F-20).
-- `lease` names the sender that has it in hand; whether that one still lives tells an advisory lock of its session.
-- `released`: the signer wants it sent although what it speaks of has been met.
create table duban.delivery (
    plan        text collate "C" not null,
    delivery_id bigint generated always as identity,
    paper_id    bigint not null,
    recipient   text not null check (recipient <> ''),
    channel     text not null check (channel in ('folder', 'mail')),
    address     text not null check (address <> ''),
    message_id  text collate "C" not null,
    state       text not null check (state in ('pending', 'sending', 'sent', 'uncertain', 'refused', 'bounced', 'held',
                                               'cancelled')),
    attempts    integer not null default 0 check (attempts >= 0),
    lease       text,
    released    boolean not null default false,
    changed_at  timestamptz not null,
    changed_by  text not null check (changed_by <> ''),
    why         text not null default '',
    origin      text not null,
    primary key (plan, delivery_id),
    unique (plan, paper_id, recipient),
    unique (plan, message_id),
    check (state <> 'sending' or lease is not null),
    foreign key (plan, paper_id) references duban.paper
);
create index delivery_open on duban.delivery (plan, delivery_id) where state in ('pending', 'sending');

-- Every state that a delivery has had, whoever changed it.
create table duban.delivery_change (
    plan        text collate "C" not null,
    delivery_id bigint not null,
    seq         bigint generated always as identity,
    state       text not null,
    attempts    integer not null,
    changed_at  timestamptz not null,
    changed_by  text not null,
    why         text not null,
    origin      text not null,
    recorded_at timestamptz not null default clock_timestamp(),
    primary key (plan, delivery_id, seq),
    foreign key (plan, delivery_id) references duban.delivery
);

create function duban.record_delivery_change() returns trigger language plpgsql as $$
begin
    insert into duban.delivery_change (plan, delivery_id, state, attempts, changed_at, changed_by, why, origin)
    values (new.plan, new.delivery_id, new.state, new.attempts, new.changed_at, new.changed_by, new.why, new.origin);
    return null;
end $$;

create trigger recorded after insert or update on duban.delivery
    for each row execute function duban.record_delivery_change();
create trigger kept before delete or truncate on duban.delivery
    for each statement execute function duban.refuse_change();
create trigger append_only before update or delete or truncate on duban.delivery_change
    for each statement execute function duban.refuse_change();

-- To whom, how and under which Message-ID never changes.
create trigger frozen before update on duban.delivery for each row
    when ((old.plan, old.delivery_id, old.paper_id, old.recipient, old.channel, old.address, old.message_id)
          is distinct from
          (new.plan, new.delivery_id, new.paper_id, new.recipient, new.channel, new.address, new.message_id))
    execute function duban.refuse_change();
