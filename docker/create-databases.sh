#!/bin/bash
# Runs once, when the database's volume is empty: two databases, each with a role that can reach no other.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
     --set=airflow_password="$AIRFLOW_DB_PASSWORD" --set=duban_password="$DUBAN_DB_PASSWORD" <<'SQL'
create role airflow login password :'airflow_password' nosuperuser nocreatedb nocreaterole;
create role duban login password :'duban_password' nosuperuser nocreatedb nocreaterole;
create database airflow owner airflow;
create database duban owner duban;
revoke all on database airflow, duban, postgres from public;
SQL
