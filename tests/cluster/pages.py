"""Airflow's REST API as a trial asks it."""

import json
import urllib.request
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Pages:
    """Where the pages answer, and the token that lets one in."""

    url: str
    token: str | None = None

    def ask(self, path: str, body: object = None, method: str | None = None) -> dict[str, Any]:
        """The JSON document of an answer; raises HTTPError for a refusal."""
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {self.token}"} if self.token else {}
        )
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data, headers, method=method)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
            found: dict[str, Any] = json.loads(answer.read())
        return found
