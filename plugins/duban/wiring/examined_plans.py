"""What `duban doctor` says of several plans together: whether each can be used, and whether they keep apart."""

from collections import Counter
from collections.abc import Iterator

from duban.adapters.accessfile import load_access
from duban.adapters.planfile import load_plan
from duban.adapters.settings import Settings
from duban.core import health as texts
from duban.core.errors import UserError
from duban.core.health import Examined, Level
from duban.core.issuers import Numbering
from duban.wiring.plans import every, plan_heads

CHECK = "方案"


def examine_plans(settings: Settings) -> Iterator[Examined]:
    """Nothing where there is one plan."""
    if not settings.plans:
        return
    heads = plan_heads(settings)
    yield from (Examined(CHECK, Level.FAULT, head.fault) for head in heads if head.fault)
    example = next((head.key for head in heads if head.key), "KEY")
    if people := sorted(settings.whole.user_of_person):
        yield Examined(CHECK, Level.WARNING, texts.UNCLEAR_USERS.format(names="、".join(people), example=example))
    if names := list(_unclear_lines(settings)):
        yield Examined(CHECK, Level.WARNING, texts.UNCLEAR_OFFICES.format(names="、".join(names), example=example))
    for prefix in _shared_prefixes(settings):
        yield Examined(CHECK, Level.FAULT, texts.SAME_PREFIX.format(prefix=prefix))


def _unclear_lines(settings: Settings) -> Iterator[str]:
    access = load_access(settings.access)
    for kind in (access.users, access.groups, access.roles):
        yield from (name for name, grant in kind.items() if grant.office is not None and grant.plan is None)


def _shared_prefixes(settings: Settings) -> list[str]:
    """Of the series that we number ourselves: each plan has registers of its own, which begin with 1."""
    used = Counter(prefix for own in every(settings) for prefix in _own_prefixes(own))
    return sorted(prefix for prefix, count in used.items() if count > 1)


def _own_prefixes(settings: Settings) -> frozenset[str]:
    try:
        issuers = load_plan(settings.plan).issuers
    except UserError:  # told where the plan itself is looked at
        return frozenset()
    return frozenset(issuer.prefix for issuer in issuers if issuer.numbering is Numbering.OWN)
