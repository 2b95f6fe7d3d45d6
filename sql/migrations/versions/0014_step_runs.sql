-- What became of each step of each run: told from our own tables, whatever Airflow keeps or forgets. Not part of the
-- record of the plan: a step that is run again under the same name replaces its own row.
create table duban.step_run (
    plan     text collate "C" not null,
    dag      text collate "C" not null,
    run      text collate "C" not null,
    step     text collate "C" not null,
    part     integer not null check (part >= -1),
    attempt  integer not null check (attempt >= 0),
    as_of    timestamptz not null,
    began_at timestamptz not null,
    ended_at timestamptz not null,
    outcome  text not null check (outcome in ('succeeded', 'failed', 'retried', 'skipped')),
    error    text not null,
    primary key (plan, dag, run, step, part, attempt)
);
create index step_run_by_end on duban.step_run (plan, ended_at);
