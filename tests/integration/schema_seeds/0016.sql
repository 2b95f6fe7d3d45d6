-- The index asks no row of its own; the folder was listed once more, and nothing new lay in it.
insert into duban.listing (plan, office, as_of) values ('old', 'MH', '2018-08-03T10:30:00+08:00');
