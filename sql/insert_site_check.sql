insert into duban.site_check (plan, compound, matter, result, visited_on, checked_by, note, recorded_at)
values (:plan, :compound, :matter, :result, :visited_on, :checked_by, :note, :recorded_at)
on conflict do nothing
