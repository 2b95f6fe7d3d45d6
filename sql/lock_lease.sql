-- Held by its sender's session until it ends, however it ends: true when nobody holds it.
select pg_try_advisory_xact_lock(hashtextextended(cast(:plan as text) || '/' || cast(:lease as text), 0))
