"""Lengths as they are typed behind a command: as the window's fields take them."""

from __future__ import annotations

import typer

from packdesk.domain.arithmetic import evaluate_length
from packdesk.errors import InvalidInputError

_GRAIN_DIGITS = 3


def read_length(text: str) -> float:
    """A length in millimetres: a number or a sum, `3,5`, `4in`, `2 1/2"`; without a unit it is millimetres.

    Raises:
        InvalidInputError: it is none.
    """
    return round(evaluate_length(text, 1.0), _GRAIN_DIGITS)


def length_option(text: str) -> float:
    """The same behind an option.

    Raises:
        typer.BadParameter: it is no length.
    """
    try:
        return read_length(text)
    except InvalidInputError as error:
        raise typer.BadParameter(f"{error.sentence} {error.remedy}") from None
