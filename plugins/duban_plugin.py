"""What Airflow loads from duban: timetables and the supervision board. The code is in the package duban beside it."""

from airflow.plugins_manager import AirflowPlugin

from duban.orchestration.timetables import (
    CollectingTimes,
    CutoffTimes,
    DeliveryTimes,
    MonthTimes,
    MorningTimes,
    OpeningTimes,
    QuarterTimes,
    TendingTimes,
)
from duban.web.lazy import LazyBoard


class DubanPlugin(AirflowPlugin):
    """Registers the timetables, so that every process of Airflow can restore them by name, and mounts the board."""

    name = "duban"
    timetables = [  # noqa: RUF012 - Airflow declares the attribute so
        CollectingTimes,
        CutoffTimes,
        DeliveryTimes,
        MonthTimes,
        MorningTimes,
        OpeningTimes,
        QuarterTimes,
        TendingTimes,
    ]
    fastapi_apps = [{"app": LazyBoard(), "url_prefix": "/duban", "name": "督办看板"}]  # noqa: RUF012 - as above
    external_views = [  # noqa: RUF012 - as above
        {
            "name": "督办看板",
            "href": "/duban/",
            "destination": "nav",
            "url_route": "duban",
            "nav_top_level": True,
        },
        # Airflow shows a tab on the runs of every DAG: to the papers of its instant, or to the one that it asks about.
        {
            "name": "公文",
            "href": "/duban/runs/{DAG_ID}/{RUN_ID}",
            "destination": "dag_run",
            "url_route": "duban-papers",
        },
    ]
