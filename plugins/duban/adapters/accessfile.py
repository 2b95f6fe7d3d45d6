"""The file that says who reads what on the board (access.yaml)."""

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from duban.core.access import Access, Grant, ViewerRole
from duban.core.errors import UsageError


class GrantEntry(BaseModel):
    """One line. An office's reader names the office, and nobody else does; anybody may be let into one plan alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    role: ViewerRole
    office: str | None = None
    plan: str | None = None

    @model_validator(mode="after")
    def _names_its_office(self) -> "GrantEntry":
        if (self.role is ViewerRole.OFFICE) != (self.office is not None):
            raise ValueError("role office needs an office, and no other role has one")
        return self

    @property
    def grant(self) -> Grant:
        return Grant(self.role, self.office, self.plan)


Entries = Annotated[dict[str, GrantEntry], Field(default_factory=dict)]


class AccessFile(BaseModel):
    """access.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    users: Entries
    groups: Entries
    roles: Entries


def load_access(path: Path) -> Access:
    """The mapping of a file; raises UsageError, so that a wrong line lets nobody in."""
    try:
        file = AccessFile.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise UsageError(f"看板授权文件“{path}”不能用（{error}），请按 docs/operating.md 的说明修改。") from error
    kinds = (file.users, file.groups, file.roles)
    return Access(*({name: entry.grant for name, entry in entries.items()} for entries in kinds))
