insert into duban.amendment (plan, office, compound, change, reason, decided_by, decided_at)
values (:plan, :office, :compound, :change, :reason, :decided_by, :decided_at)
on conflict do nothing
