"""Whose a folder of a range is: one table's, so that another one replaces nothing of it unsaid."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from packdesk.batch.files import unwritable
from packdesk.domain.ranges.naming import OURS
from packdesk.errors import OutputUnwritableError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from packdesk.batch.files import RangeFiles

_TABLE = f"{OURS}/table.json"


class _Table(BaseModel):
    """The table a range is made of.

    Attributes:
        source: its file on the machine the range was begun on, and its sheet.
    """

    model_config = ConfigDict(frozen=True)

    source: str


def check_table(files: RangeFiles, source: str) -> None:
    """Refuse a folder that has the range of another table; one that does not say may be anybody's.

    Raises:
        OutputUnwritableError: it has.
    """
    with contextlib.suppress(OSError, ValidationError):
        known = _Table.model_validate_json(files.read(_TABLE))
        if known.source != source:
            raise OutputUnwritableError(
                Sentence(
                    "The range in {folder} is made of another table: {table}.",
                    folder=files.place,
                    table=known.source,
                ),
                "Choose another folder, or have its files replaced.",
                terminal="Name another folder; --force replaces that range's files.",
            )


def claim(files: RangeFiles, source: str, *, force: bool) -> None:
    """Have the folder be this table's from now on.

    Raises:
        OutputUnwritableError: it is another one's, or cannot be written.
    """
    if not force:
        check_table(files, source)
    try:
        files.write(_TABLE, _Table(source=source).model_dump_json().encode())
    except OSError as error:
        raise unwritable(files.place) from error
