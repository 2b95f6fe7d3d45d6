-- A run over more returns than an entry of the earlier index could hold.
insert into duban.validation (plan, as_of, rules_version, returns, summary)
select 'old', '2018-08-03T10:01:00+08:00', 'rules-1',
       array(select number * 7919 * 7919 * 7919 from generate_series(1::bigint, 3000) as number), '{}';
