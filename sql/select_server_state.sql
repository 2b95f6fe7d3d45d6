select now() as now, current_setting('server_version') as version
