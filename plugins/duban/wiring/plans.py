"""Which plan is meant, where an installation has several."""

from duban.adapters.plan_heads import read_heads
from duban.adapters.settings import Settings
from duban.core.plan_heads import PlanHead


def plan_heads(settings: Settings) -> tuple[PlanHead, ...]:
    """What is known of the installation's plans before they are read."""
    return read_heads(settings.plan_files)


def chosen(settings: Settings, plan: str = "") -> Settings:
    """The settings of one plan: of the key `plan`, else of the one that the settings mean.

    Raises UsageError, which says what there is, where that is none of several.
    """
    return settings.of_plan(plan_heads(settings), plan) if settings.plans or settings.plan_key or plan else settings


def every(settings: Settings) -> tuple[Settings, ...]:
    """The settings of each plan that has a usable head."""
    heads = plan_heads(settings) if settings.plans else ()
    return tuple(settings.of_plan(heads, head.key) for head in heads if head.key) or (settings,)
