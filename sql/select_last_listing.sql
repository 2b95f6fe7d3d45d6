-- When the offices' folders were last listed to their end: the latest instant of which anything is known.
select max(as_of) from duban.listing where plan = :plan
