select distinct lease from duban.delivery where plan = :plan and state = 'sending'
