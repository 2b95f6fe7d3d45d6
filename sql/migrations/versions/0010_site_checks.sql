-- 现场核查: what somebody found where he went. Append-only: a later check of the same matter replaces an earlier one.
create table duban.site_check (
    plan        text collate "C" not null,
    check_id    bigint generated always as identity,
    compound    text collate "C" not null,
    matter      text not null check (matter in ('committee', 'improvement')),
    result      text not null check (result in ('true', 'false')),
    visited_on  date not null,
    checked_by  text not null check (checked_by <> ''),
    note        text not null,
    recorded_at timestamptz not null,
    primary key (plan, check_id),
    unique (plan, compound, matter, recorded_at)
);

create trigger append_only before update or delete or truncate on duban.site_check
    for each statement execute function duban.refuse_change();
