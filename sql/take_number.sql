insert into duban.number_counter as counter (plan, issuer, series, year, last)
values (:plan, :issuer, :series, :year, 1)
on conflict (plan, issuer, series, year) do update set last = counter.last + 1
returning last
