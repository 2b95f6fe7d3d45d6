-- Wait until whoever is writing facts of the plan has written them; others wait until this transaction ends.
select pg_advisory_xact_lock(hashtext('duban.snapshot'), hashtext(:plan))
