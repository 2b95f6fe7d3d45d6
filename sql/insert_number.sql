insert into duban.number (plan, issuer, series, year, number, printed, entered, paper_id)
values (:plan, :issuer, :series, :year, :number, :printed, :entered, :paper_id)
on conflict do nothing
returning number
