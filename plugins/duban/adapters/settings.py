"""Settings from the environment, all optional (docs/operating.md)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from duban.core.errors import UsageError
from duban.core.plan_heads import PlanHead, named_files, which_there_are

ROOT = Path(__file__).resolve().parents[3]


class Settings(BaseSettings):
    """Where things are. Paths may be relative to the working directory; `inbox` may be any object-storage URL.

    `DUBAN_HOME` holds everything that duban writes. Without `DUBAN_DATABASE_URL` an embedded PostgreSQL runs there.
    With `plans` each plan has folders of its own, named by its key, below those that one plan would have.
    """

    model_config = SettingsConfigDict(env_prefix="DUBAN_", frozen=True)

    home: Path = ROOT / "var"
    database_url: str | None = None
    inbox: str | None = None
    outbox: Path | None = None
    alerts: str | None = None
    airflow_users: str = ""
    plan: Path = ROOT / "plans" / "jingkai-2018.yaml"
    plans: str = Field(default="", description="several plan files, separated by commas; then `plan` is not read")
    plan_key: str = Field(default="", description="which of the plans is meant")
    city: str = Field(default="", description="what the roll-up over the plans is made by")
    access: Path = Field(default=ROOT / "plans" / "access.yaml", description="who reads what on the board")
    chunk: int = Field(default=1000, ge=1, description="how many returns a task of Airflow judges, in one batch")
    root: Path = Field(default=ROOT, description="the folder of sql/, templates/, expectations/ and plans/")

    @property
    def plan_files(self) -> tuple[Path, ...]:
        return named_files(self.plans) or (self.plan,)

    def of_plan(self, heads: Sequence[PlanHead], key: str = "") -> "Settings":
        """The settings of one plan of `heads`: of `key`, else of `plan_key`, else of the only one.

        Raises UsageError where that is none, or where several are meant.
        """
        wanted = key or self.plan_key
        found = [head for head in heads if head.key and wanted in {"", head.key}]
        if len(found) != 1:
            raise UsageError(which_there_are(heads, wanted))
        return self.model_copy(update={"plan": found[0].path, "plan_key": found[0].key if self.plans else ""})

    @property
    def whole(self) -> "Settings":
        """The settings of the installation, whichever plan is meant."""
        return self.model_copy(update={"plan_key": ""})

    @property
    def user_of_person(self) -> dict[str, str]:
        """A person of the plan → his user id in Airflow, as `airflow_users` pairs them: 李超=lichao,徐祖新=xuzuxin.

        With several plans a pair says of which: jingkai-2018/李超=lichao. Two districts may have persons of one name.
        """
        return {person: user for plan, person, user in self._pairs() if plan == self._own_key}

    @property
    def users_of_all_plans(self) -> frozenset[str]:
        return frozenset(user for _, _, user in self._pairs())

    def _pairs(self) -> Iterator[tuple[str, str, str]]:
        """Plan, person, user."""
        for pair in self.airflow_users.split(","):
            named, _, user = pair.partition("=")
            plan, _, person = named.rpartition("/")
            if person.strip():
                yield plan.strip(), person.strip(), user.strip()

    @property
    def _own_key(self) -> str:
        return self.plan_key if self.plans else ""

    def _own(self, folder: Path) -> Path:
        """The plan's own part of a folder; the whole of it where there is one plan, or none is chosen."""
        return folder / self._own_key

    @property
    def inbox_url(self) -> str:
        url = self.inbox or str(self.home.absolute() / "inbox")
        return f"{url.rstrip('/')}/{self._own_key}" if self._own_key else url

    @property
    def outbox_path(self) -> Path:
        return self._own(self.outbox or self.home / "outbox")

    @property
    def archive_path(self) -> Path:
        return self._own(self.home / "archive")

    @property
    def templates_path(self) -> Path:
        return self.root / "templates"

    @property
    def receipts_path(self) -> Path:
        return self._own(self.home / "receipts")

    @property
    def mailbox_path(self) -> Path:
        return self._own(self.home / "mailbox")

    @property
    def data_docs_path(self) -> Path:
        return self._own(self.home / "data-docs")

    @property
    def issued_path(self) -> Path:
        return self.home / "issued"

    @property
    def alerts_path(self) -> Path:
        return self._own(self.home / "alerts")

    @property
    def papers_path(self) -> Path:
        return self._own(self.home / "papers")
