insert into duban.answer (plan, return_id, as_of, files)
values (:plan, :return_id, :as_of, cast(:files as text[]))
on conflict do nothing
