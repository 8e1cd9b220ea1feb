"""What the file of a sheet says of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SheetFacts:
    """What a file says of its sheet.

    Attributes:
        width: in millimetres; what its pixels take at 300 dpi where nothing is said.
        height: likewise.
        sized: whether the file says its size.
        trim: left, upper, right and lower end of its TrimBox on the sheet, where it has one.
        note: a template's note, perhaps.
    """

    width: float
    height: float
    sized: bool = False
    trim: tuple[float, float, float, float] | None = None
    note: str = ""
