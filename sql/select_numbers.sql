select * from duban.number where plan = :plan order by issuer, series, year, number
