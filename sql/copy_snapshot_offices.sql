copy duban.snapshot_office (plan, as_of, office, head, detail) from stdin
