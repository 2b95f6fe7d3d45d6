-- What was handed back for a return: written once everything lies in the office's outbox, so that a crash between
-- the verdict and the outbox is seen and made good by the next run.
create table duban.answer (
    plan      text collate "C" not null,
    return_id bigint not null,
    as_of     timestamptz not null,
    files     text[] not null,
    primary key (plan, return_id),
    foreign key (plan, return_id) references duban.verdict
);
