# The one image of every service: Airflow 3.3.2, locked dependencies, LibreOffice for PDF, our code read-only.
FROM apache/airflow:3.3.2-python3.12

USER root
# Named volumes take their owner from these folders when they are first used.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libreoffice-writer-nogui fonts-noto-cjk fontconfig \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner=airflow --group=0 --mode=0770 \
       /var/lib/duban /var/lib/duban/archive /var/lib/duban/inbox /var/lib/duban/outbox /var/backups/duban

USER airflow
COPY docker/requirements.lock /tmp/requirements.lock
# Every archive is checked against its hash; Airflow's own version is in the lock, so nothing can move it. What only
# tests need is in requirements.lock and not in this one.
RUN pip install --no-cache-dir --require-hashes -r /tmp/requirements.lock

USER root
COPY dags /opt/duban/dags
COPY plugins /opt/duban/plugins
COPY sql /opt/duban/sql
COPY templates /opt/duban/templates
COPY expectations /opt/duban/expectations
COPY plans /opt/duban/plans
COPY --chmod=0755 docker/duban docker/initialise /usr/local/bin/
# Nothing may write beside it later, so it is compiled here, or every task would do so anew.
RUN python -m compileall -q /opt/duban/plugins /opt/duban/dags && chmod --recursive a+rX,go-w /opt/duban

USER airflow
ENV PYTHONPATH=/opt/duban/plugins \
    PYTHONDONTWRITEBYTECODE=1 \
    DUBAN_HOME=/var/lib/duban \
    DUBAN_INBOX=/var/lib/duban/inbox \
    DUBAN_OUTBOX=/var/lib/duban/outbox
