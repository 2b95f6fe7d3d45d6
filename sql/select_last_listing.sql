-- When the offices' folders were last listed to their end: the latest instant of which anything is known. Asked office by
-- office: there are more listings than anything else.
select max(last.as_of) from duban.office
cross join lateral (
    select as_of from duban.listing
    where listing.plan = office.plan and listing.office = office.code
    order by as_of desc limit 1
) as last
where office.plan = :plan
