-- The latest change of an office, found without reading its pointers of all weeks: asked once for each return recorded.
create index pointer_by_known on duban.pointer (plan, office, known_from);
