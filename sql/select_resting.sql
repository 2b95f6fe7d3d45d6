-- Of each question (an office, an instant) the returns that the office's state at it rests on: of each compound and table
-- that with the last accepted row; of one known from rejected rows alone, that with the last of them (whose state is what
-- the first said). `place` says which question. Walked from the newest week back until nothing is missing any more: mostly
-- that one week, for an office that no longer sends a compound (C03) all weeks since it last did.
with recursive walk as (
    select place, office, known_at, newest.week, return_id, held.keys as sought,
           array(
               select unnest(held.keys) except
               select case when verdict = 'accepted' then table_key when table_key = :work then 'pending' end || '/' || compound
               from duban.return_row
               where plan = :plan and return_row.return_id = newest.return_id and verdict <> 'ignored'
           ) as missing
    from unnest(cast(:offices as text[]), cast(:moments as timestamptz[]))
             with ordinality as asked (office, known_at, place)
    cross join lateral (
        select week, version, return_id from duban.pointer
        where plan = :plan and pointer.office = asked.office
          and known_from <= asked.known_at and known_until > asked.known_at
        order by week desc limit 1
    ) as newest
    cross join lateral (
        select array_agg(key) as keys
        from duban.compound_state as state
        cross join lateral (
            values (case when pending then 'pending/' else cast(:work as text) || '/' end || compound_id),
                   (case when project_digest is not null then cast(:project as text) || '/' || compound_id end)
        ) as half (key)
        where plan = :plan and state.office = asked.office
          and state.week = newest.week and state.version = newest.version and key is not null
    ) as held
    union all
    select place, office, known_at, older.week, older.return_id, missing,
           array(
               select unnest(missing) except
               select case when verdict = 'accepted' then table_key when table_key = :work then 'pending' end || '/' || compound
               from duban.return_row
               where plan = :plan and return_row.return_id = older.return_id and verdict <> 'ignored'
           )
    from walk
    cross join lateral (
        select week, return_id from duban.pointer
        where plan = :plan and pointer.office = walk.office and pointer.week < walk.week
          and known_from <= walk.known_at and known_until > walk.known_at
        order by week desc limit 1
    ) as older
    where cardinality(missing) > 0
)
select place, return_id from walk where cardinality(missing) < cardinality(sought) order by place, return_id
