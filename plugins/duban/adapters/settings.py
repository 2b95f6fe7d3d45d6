"""Settings from the environment, all optional (docs/operating.md)."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[3]


class Settings(BaseSettings):
    """Where things are. Paths may be relative to the working directory; `inbox` may be any object-storage URL.

    `DUBAN_HOME` holds everything that duban writes. Without `DUBAN_DATABASE_URL` an embedded PostgreSQL runs there.
    """

    model_config = SettingsConfigDict(env_prefix="DUBAN_", frozen=True)

    home: Path = ROOT / "var"
    database_url: str | None = None
    inbox: str | None = None
    outbox: Path | None = None
    alerts: str | None = None
    airflow_users: str = ""
    plan: Path = ROOT / "plans" / "jingkai-2018.yaml"
    access: Path = Field(default=ROOT / "plans" / "access.yaml", description="who reads what on the board")
    chunk: int = Field(default=1000, ge=1, description="how many returns a task of Airflow judges, in one batch")
    root: Path = Field(default=ROOT, description="the folder of sql/, templates/, expectations/ and plans/")

    @property
    def user_of_person(self) -> dict[str, str]:
        """A person of the plan → his user id in Airflow, as `airflow_users` pairs them: 李超=lichao,徐祖新=xuzuxin."""
        pairs = (pair.partition("=") for pair in self.airflow_users.split(",") if pair.strip())
        return {name.strip(): user.strip() for name, _, user in pairs}

    @property
    def inbox_url(self) -> str:
        return self.inbox or str(self.home.absolute() / "inbox")

    @property
    def outbox_path(self) -> Path:
        return self.outbox or self.home / "outbox"

    @property
    def archive_path(self) -> Path:
        return self.home / "archive"

    @property
    def templates_path(self) -> Path:
        return self.root / "templates"

    @property
    def receipts_path(self) -> Path:
        return self.home / "receipts"

    @property
    def mailbox_path(self) -> Path:
        return self.home / "mailbox"

    @property
    def data_docs_path(self) -> Path:
        return self.home / "data-docs"

    @property
    def issued_path(self) -> Path:
        return self.home / "issued"

    @property
    def alerts_path(self) -> Path:
        return self.home / "alerts"

    @property
    def papers_path(self) -> Path:
        return self.home / "papers"
