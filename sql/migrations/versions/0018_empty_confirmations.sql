-- 辖区内无拟提升小区: a zero report that says so, confirmed by the bureau, with who and when. Append-only: the earliest
-- confirmation of a return counts.
create table duban.empty_confirmation (
    plan            text collate "C" not null,
    confirmation_id bigint generated always as identity,
    return_id       bigint not null,
    reason          text not null,
    decided_by      text not null check (decided_by <> ''),
    decided_at      timestamptz not null,
    primary key (plan, confirmation_id),
    unique (plan, return_id, decided_at),
    foreign key (plan, return_id) references duban.verdict
);

create trigger append_only before update or delete or truncate on duban.empty_confirmation
    for each statement execute function duban.refuse_change();
create trigger forgets_snapshots after insert on duban.empty_confirmation referencing new table as added
    for each statement execute function duban.forget_snapshots('decided_at');
