insert into duban.paper (plan, kind, title, to_units, cc_units, state, as_of, path, sha256, office, week, rung, items)
values (:plan, :kind, :title, cast(:to_units as text[]), cast(:cc_units as text[]), 'drafted', :as_of, :path, :sha256,
        :office, :week, :rung, cast(:items as text[]))
on conflict (plan, kind, office, as_of, items) where state <> 'rejected' do nothing
returning *
