select * from duban.number_counter where plan = :plan order by issuer, series, year
