"""What Airflow loads from duban: its timetables. The code is in the package duban beside this file."""

from airflow.plugins_manager import AirflowPlugin

from duban.orchestration.timetables import (
    CollectingTimes,
    CutoffTimes,
    DeliveryTimes,
    MonthTimes,
    MorningTimes,
    OpeningTimes,
    QuarterTimes,
)


class DubanPlugin(AirflowPlugin):
    """Registers the timetables, so that scheduler, DAG processor and API server can restore them by name."""

    name = "duban"
    timetables = [  # noqa: RUF012 - Airflow declares the attribute so
        CollectingTimes,
        CutoffTimes,
        DeliveryTimes,
        MonthTimes,
        MorningTimes,
        OpeningTimes,
        QuarterTimes,
    ]
