-- What of a return's life cannot be told from the ledger. Received, judged and replaced can; these two cannot.

-- 逾期后更正: a return for a week whose report had been signed when it was judged. It counts; the paper stays as signed.
create table duban.after_signature (
    plan      text collate "C" not null,
    return_id bigint not null,
    paper_id  bigint not null,
    primary key (plan, return_id),
    foreign key (plan, return_id) references duban.verdict,
    foreign key (plan, paper_id) references duban.paper
);

-- 修改要求: the bureau asks an office to change what it returned, in a table, in a compound, or anywhere (null).
create table duban.ask (
    plan      text collate "C" not null,
    ask_id    bigint generated always as identity,
    return_id bigint not null,
    table_key text,
    compound  text collate "C",
    reason    text not null check (reason <> ''),
    asked_by  text not null check (asked_by <> ''),
    asked_at  timestamptz not null,
    primary key (plan, ask_id),
    unique nulls not distinct (plan, return_id, table_key, compound, reason, asked_by),
    foreign key (plan, return_id) references duban.verdict
);

create trigger append_only before update or delete or truncate on duban.after_signature
    for each statement execute function duban.refuse_change();
create trigger append_only before update or delete or truncate on duban.ask
    for each statement execute function duban.refuse_change();
