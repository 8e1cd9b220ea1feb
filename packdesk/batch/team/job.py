"""One row as a job of RQ. Nothing else in the queue is run: what it names comes from a server others use."""

from __future__ import annotations

import json
import re
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from rq.job import Job
from rq.serializers import JSONSerializer

from packdesk.domain.ranges.naming import is_file_name
from packdesk.errors import InvalidInputError
from packdesk.services.ranges.orders import RowOrder

if TYPE_CHECKING:
    from packdesk.batch.team.bench import Bench

SERIALIZER = JSONSerializer
"""Never pickle: reading one runs what is in it."""
ROW_S = 600
"""No row takes longer; what does has hung."""
_HASH = "[0-9a-f]{64}"
bench: ContextVar[Bench | None] = ContextVar("bench", default=None)
"""Where this process makes rows."""


class TeamRow(BaseModel):
    """A row on its way to another machine.

    Attributes:
        range_name: of its range, in the place of the team.
        run: of the range; rows of a former run are not made.
        order: the row.
        inputs: SHA-256 of its picture files by their names, under which they lie among the inputs.
    """

    model_config = ConfigDict(frozen=True)

    range_name: str
    run: str = Field(max_length=64)
    order: RowOrder
    inputs: dict[str, str] = Field(default={}, max_length=16)

    @field_validator("range_name")
    @classmethod
    def _plain(cls, name: str) -> str:
        if not is_file_name(name):
            raise ValueError("no name of a folder")
        return name

    @field_validator("order")
    @classmethod
    def _plainly_named(cls, order: RowOrder) -> RowOrder:
        if not is_file_name(order.name):
            raise ValueError("no name of a file")
        return order

    @field_validator("inputs")
    @classmethod
    def _hashed(cls, inputs: dict[str, str]) -> dict[str, str]:
        if not all(is_file_name(name) and re.fullmatch(_HASH, value) for name, value in inputs.items()):
            raise ValueError("no names and hashes of files")
        return inputs


def make_row(_: str) -> None:
    """What RQ calls a row's job; only workers of ours know how to make one.

    Raises:
        InvalidInputError: always.
    """
    raise no_worker_of_ours()


def no_worker_of_ours() -> InvalidInputError:
    """The error where a worker of another program has taken a row."""
    return InvalidInputError(
        "Rows of ranges are made by workers of packdesk.",
        "A worker of another program took this one: have it listen to another queue.",
    )


FUNCTION = f"{make_row.__module__}.{make_row.__name__}"


class RowJob(Job):
    """A job that does nothing but make a row, whatever is written in it."""

    def restore(self, raw_data: Any) -> Any:
        """Read it as RQ does, without what it would have called or sent besides."""
        restored = super().restore(raw_data)
        self._success_callback_name = None
        self._failure_callback_name = None
        self._stopped_callback_name = None
        self.webhooks = []
        self.repeats_left = None
        return restored

    def _execute(self) -> Any:
        where = bench.get()
        if where is None:
            return make_row("")
        return where.make(self._row(), self.number_of_retries or 0)

    def _row(self) -> TeamRow:
        if self.func_name != FUNCTION or self.instance or self.kwargs or len(self.args) != 1:
            raise _no_row()
        try:
            return TeamRow.model_validate_json(self.args[0])
        except ValidationError as error:
            raise _no_row() from error


def _no_row() -> InvalidInputError:
    return InvalidInputError("What lies in the queue is no row of a range.", "Clear the queue.")


def encoded(row: TeamRow) -> str:
    """A row as a job's argument."""
    return json.dumps(row.model_dump(mode="json"), separators=(",", ":"))
