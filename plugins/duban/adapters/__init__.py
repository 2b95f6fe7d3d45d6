"""Everything that touches the outside: files, workbooks, PostgreSQL, Word. Adapters never import each other."""
