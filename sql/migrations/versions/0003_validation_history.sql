-- One run of the suites over one batch of returns. Rules and counts only: no cell's value is kept here.
create table duban.validation (
    plan          text collate "C" not null,
    validation_id bigint generated always as identity,
    as_of         timestamptz not null,
    rules_version text not null,
    returns       bigint[] not null,
    summary       jsonb not null,
    primary key (plan, validation_id),
    unique (plan, rules_version, returns)
);
create index validation_in_order on duban.validation (plan, as_of);
create trigger append_only before update or delete or truncate on duban.validation
    for each statement execute function duban.refuse_change();
