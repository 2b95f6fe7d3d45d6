select last from duban.number_counter where plan = :plan and issuer = :issuer and series = :series and year = :year
