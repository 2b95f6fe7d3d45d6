-- Of each question (an office, the week of a return that comes, its receipt) the reasons that still stand then; `place`
-- says which question. Of each finding and compound it is the last reason given, unless a row of that compound was
-- accepted after it. (An accepted row that has the finding again has the reason again, so it would be the last one
-- itself.) A finding about no row stands until the next return with rows.
select code, standing.compound, found, reason, table_key, cells, asked.place
from unnest(cast(:offices as text[]), cast(:weeks as text[]), cast(:moments as timestamptz[]))
         with ordinality as asked (office, week, known_at, place)
cross join lateral (
    with counting as (
        select return_id, kind, row_number() over (order by verdict.week, received_at, path) as place
        from duban.verdict
        join duban.received using (plan, return_id)
        where plan = :plan and verdict.office = asked.office and verdict.week <= asked.week
          and status in ('accepted', 'partial') and received_at <= asked.known_at
    ),
    given as (
        select distinct on (code, finding.compound, table_key)
            code, finding.compound, found, finding.reason, table_key, cells, place
        from counting
        join duban.finding on finding.plan = :plan and finding.return_id = counting.return_id
        left join duban.return_row
            on return_row.plan = :plan and return_row.return_id = finding.return_id
           and return_row.row = finding.row and return_row.compound = finding.compound
        where finding.reason is not null
        order by code, finding.compound, table_key, place desc
    )
    select code, compound, found, reason, table_key, cells from given
    where not exists (
        select from counting
        join duban.return_row on return_row.plan = :plan and return_row.return_id = counting.return_id
        where counting.place > given.place and return_row.verdict = 'accepted'
          and return_row.table_key = given.table_key and return_row.compound = given.compound
    )
    and (table_key is not null
         or place >= (select max(place) from counting where kind <> '零报告'))
) as standing
order by asked.place, code, standing.compound, table_key
