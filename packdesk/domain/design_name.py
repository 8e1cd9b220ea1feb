"""Names of designs: any text on one line. They never become file names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 80
UNTITLED = "Untitled"


def design_name(text: str) -> str:
    """The text as a name.

    Raises:
        InvalidInputError: nothing of it can be seen.
    """
    name = cut(" ".join(text[: LONGEST * 4].split()), LONGEST).strip()
    if not any(char.isprintable() and not char.isspace() for char in name):
        raise InvalidInputError("A design needs a name.", "Write one that can be seen.")
    return name


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, with a number behind it where another design has it, be it in capital letters."""
    others = {one.casefold() for one in taken}
    if name.casefold() not in others:
        return name
    number = 2
    while f"{name} {number}".casefold() in others:
        number += 1
    return f"{name} {number}"
