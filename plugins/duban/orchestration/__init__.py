"""What imports Airflow: the timetables, the tasks' thin bodies, the replay of past days."""
