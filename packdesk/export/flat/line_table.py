"""By which numbers a die maker knows lines in CF2: a table that a shop may have a file of its own for."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from packdesk.chosen_file import read_chosen
from packdesk.domain.dieline.values import LineType
from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError
from packdesk.problems import problem_words
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 64 * 1024
_LINE = re.compile(r"at line (\d+)")
_LONGEST_PLACE = 60
_REMEDY = "Write it as docs/output.md shows, or leave the setting line_table out."


class Rule(BaseModel):
    """How lines of one kind are written.

    Attributes:
        pointage: thickness of the steel rule in points.
        type: 1 for a cut, 2 for a crease, 3 for a perforation; others as agreed with the die maker.
        auxiliary: the second number of the type.
        bridges: gaps in each rule's body, for the board that holds it.
        bridge_mm: width of each.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    pointage: float = Field(default=2, ge=0, le=20)
    type: int = Field(ge=0, le=999)
    auxiliary: int = Field(default=0, ge=0, le=999)
    bridges: int = Field(default=0, ge=0, le=99)
    bridge_mm: float = Field(default=0, ge=0, le=100)


class LineTable(BaseModel):
    """The whole table; kinds without a rule are not written.

    Attributes:
        counterclockwise: the number of an arc that runs so; the other way round it is its negative.
        lines: the rules.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    counterclockwise: Literal[1, -1] = 1
    lines: dict[LineType, Rule]


USUAL = LineTable(
    lines={
        LineType.CUT: Rule(type=1),
        LineType.CREASE: Rule(type=2),
        LineType.PERFORATION: Rule(type=3),
    }
)


def read_line_table(file: Path | None) -> LineTable:
    """The table of a TOML file, laid over the usual one; blocks.

    Raises:
        InvalidInputError: it cannot be read, or says what no table says.
    """
    if file is None:
        return USUAL
    try:
        told = _read(file)
        lines = told.pop("lines", {})
        if isinstance(lines, dict):
            lines = {**USUAL.model_dump()["lines"], **lines}
        return LineTable.model_validate({**told, "lines": lines})
    except ValidationError as error:
        problem = error.errors(include_input=False, include_url=False)[0]
        parts = [str(part) for part in problem["loc"] if part != "[key]"]
        place = cut(".".join(parts), _LONGEST_PLACE)
        reason = Sentence("{place}: {reason}", place=place, reason=problem_words(problem))
        raise _unusable(file, reason) from None
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = Sentence("line {line}", line=found[1]) if found else Sentence("its end")
        raise _unusable(file, Sentence("{place} is no TOML", place=line)) from None
    except UnicodeDecodeError:
        raise _unusable(file, Sentence("it is not text in UTF-8")) from None


def _read(file: Path) -> dict[str, Any]:
    data = read_chosen(file, _MOST_BYTES, InvalidInputError, Sentence(_REMEDY))
    if len(data) > _MOST_BYTES:
        raise _unusable(file, Sentence("it is too large"))
    return tomllib.loads(data.decode())


def _unusable(file: Path, reason: Sentence) -> InvalidInputError:
    return InvalidInputError(
        Sentence("The table of line types {file} cannot be used: {reason}.", file=file, reason=reason),
        _REMEDY,
    )
