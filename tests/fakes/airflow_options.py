"""Every setting that the installed Airflow and its providers know, as a variable of the environment."""

from collections.abc import Iterator


def known_options() -> set[str]:
    """AIRFLOW__SECTION__OPTION of each; one that is not here has no effect, without a word."""
    return {f"AIRFLOW__{section}__{option}".upper() for section, option in _described()}


def _described() -> Iterator[tuple[str, str]]:
    from airflow.configuration import conf
    from airflow.providers_manager import ProvidersManager

    for sections in (conf.configuration_description, *(told for _, told in ProvidersManager().provider_configs)):
        for section, told in sections.items():
            yield from ((section, option) for option in told["options"])
