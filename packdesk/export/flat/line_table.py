"""By which numbers a die maker knows lines in CF2: a table that a shop may have a file of its own for."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from packdesk.domain.dieline.values import LineType
from packdesk.errors import InvalidInputError
from packdesk.files import read_file
from packdesk.problems import problem_words
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 64 * 1024
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

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)  # TOML's `true` is no 1

    pointage: float = Field(default=2, ge=0, le=20)
    type: int = Field(ge=0, le=999)
    auxiliary: int = Field(default=0, ge=0, le=999)
    bridges: int = Field(default=0, ge=0, le=99)
    bridge_mm: float = Field(default=0, ge=0, le=100)


def _no_truth(value: object) -> object:
    """TOML's `true` is no 1, though Python takes it for one."""
    return None if isinstance(value, bool) else value


class LineTable(BaseModel):
    """The whole table; kinds without a rule are not written.

    Attributes:
        counterclockwise: the number of an arc that runs so; the other way round it is its negative.
        lines: the rules.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    counterclockwise: Annotated[Literal[1, -1], BeforeValidator(_no_truth)] = 1
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
    if not file.is_file():
        raise InvalidInputError(Sentence("{file} is not there, or is not a file.", file=file), _REMEDY)
    try:
        told: dict[str, Any] = tomllib.loads(read_file(file)[:_MOST_BYTES].decode())
        return LineTable.model_validate({**told, "lines": _over_usual(told.get("lines", {}))})
    except ValidationError as error:
        problem = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in problem["loc"] if part != "[key]")
        raise InvalidInputError(
            Sentence(
                "The table of line types {file} cannot be used: {setting}: {reason}.",
                file=file,
                setting=place[:60],
                reason=problem_words(problem),
            ),
            _REMEDY,
        ) from None
    except OSError as error:
        raise InvalidInputError(
            Sentence("The table of line types {file} cannot be read.", file=file),
            "Check its permissions, or leave the setting line_table out.",
        ) from error
    except ValueError as error:
        found = re.search(r"at line (\d+)", str(error))
        where = (
            Sentence("line {number} is not understood", number=found[1])
            if found
            else Sentence("it is no whole TOML")
        )
        raise _unusable(file, where) from error


def _over_usual(own: Any) -> Any:
    """Rules laid over the usual ones, value by value; what is no table stays as it is."""
    if not isinstance(own, dict):
        return own
    usual = USUAL.model_dump()["lines"]
    merged = {
        kind: {**usual.get(kind, {}), **rule} if isinstance(rule, dict) else rule
        for kind, rule in own.items()
    }
    return {**usual, **merged}


def _unusable(file: Path, reason: str) -> InvalidInputError:
    return InvalidInputError(
        Sentence("The table of line types {file} cannot be used: {reason}.", file=file, reason=reason),
        _REMEDY,
    )
