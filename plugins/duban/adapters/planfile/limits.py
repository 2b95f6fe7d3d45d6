"""The part of a plan file that says how much an office may send."""

from typing import Annotated

from pydantic import Field

from duban.adapters.planfile.kinds import Grounded
from duban.core import limits as core


class Limits(Grounded):
    """Files that are taken in of an office on a day, and the megabytes (1024² bytes) of one."""

    files_a_day: Annotated[int, Field(ge=1)]
    megabytes_a_file: Annotated[int, Field(ge=1)]

    def to_core(self) -> core.Limits:
        """As the core has it."""
        return core.Limits(self.files_a_day, self.megabytes_a_file)
