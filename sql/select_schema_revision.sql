select version_num from duban.alembic_version
