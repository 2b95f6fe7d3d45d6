-- 延期 and 异议: what offices ask for single obligations and what is decided, with who, when and why. Append-only.
create table duban.appeal (
    plan       text collate "C" not null,
    appeal_id  bigint generated always as identity,
    obligation text collate "C" not null,
    step       text not null check (step in ('extension_asked', 'extended', 'extension_refused', 'disputed', 'upheld',
                                             'dismissed')),
    until      date check ((until is not null) = (step in ('extension_asked', 'extended'))),
    reason     text not null check (reason <> ''),
    said_by    text not null check (said_by <> ''),
    said_at    timestamptz not null,
    primary key (plan, appeal_id),
    unique (plan, obligation, step, said_at)
);

create trigger append_only before update or delete or truncate on duban.appeal
    for each statement execute function duban.refuse_change();
