"""The file that says what a city is: who issues its 通报, to whom, and which districts' plans belong to it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from duban.core.city import City, CityIssuer
from duban.core.errors import UsageError
from duban.core.plan_heads import KEY

UNUSABLE = "全市汇总文件“{path}”不能用：{faults}；请按 docs/operating.md 的说明修改。"


def _key(text: str) -> str:
    if not KEY.fullmatch(text):
        raise ValueError("应为小写字母、数字和连字符")
    return text


def _distinct(keys: Sequence[str]) -> Sequence[str]:
    if len(set(keys)) < len(keys):
        raise ValueError("同一方案写了两次")
    return keys


Text = Annotated[str, Field(min_length=1)]
Key = Annotated[str, AfterValidator(_key)]


class Entry(BaseModel):
    """Closed, so that a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class IssuerEntry(Entry):
    """Who issues the 通报."""

    name: Text
    mark: Text
    prefix: Text
    contact: Text
    telephone: Text


class CityFile(Entry):
    """A city's file. `decision`: why it is so, since no plan of a district says it."""

    key: Key
    name: Text
    work: Text
    decision: Text
    issuer: IssuerEntry
    to: Annotated[tuple[Text, ...], Field(min_length=1)]
    copy_to: Annotated[tuple[Text, ...], Field(alias="copy")] = ()
    plans: Annotated[tuple[Key, ...], Field(min_length=1), AfterValidator(_distinct)]


def load_city(path: Path) -> City:
    """The city of a file; raises UsageError that names the file and every wrong key."""
    try:
        file = CityFile.model_validate(yaml.load(path.read_text("utf-8-sig"), Loader=yaml.BaseLoader) or {})
    except ValidationError as error:
        faults = "、".join(f"{'.'.join(map(str, one['loc']))}（{one['msg']}）" for one in error.errors())
        raise UsageError(UNUSABLE.format(path=path, faults=faults)) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(UNUSABLE.format(path=path, faults=type(error).__name__)) from error
    issuer = CityIssuer(**file.issuer.model_dump())
    return City(file.key, file.name, file.work, issuer, file.to, file.copy_to, file.plans)
