select table_key, verdict, count(*) as rows from duban.return_row
where plan = :plan and return_id = :return_id
group by table_key, verdict
