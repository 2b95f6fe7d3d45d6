"""The supervision board 督办看板 inside Airflow."""
