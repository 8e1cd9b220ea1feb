"""Lettering as outlines: what shaping made of a text, kept so that no other machine needs the font."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from packdesk.domain.objects.outline import OutlineData, is_outline
from packdesk.domain.objects.values import Align

if TYPE_CHECKING:
    from packdesk.domain.objects.values import Text

_Length = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


class Lettering(BaseModel):
    """The outlines of a text in its box.

    Attributes:
        outline: the letters, in millimetres from the box's upper left corner.
        width: of the longest line.
        height: of all lines.
        family: of the typeface that was taken, where the one that was asked for is not there.
        left_out: letters no typeface here has an outline for, such as coloured emoji; each once.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    outline: OutlineData = ""
    width: _Length = 0.0
    height: _Length = 0.0
    family: Annotated[str, Field(max_length=80)] = ""
    left_out: Annotated[str, Field(max_length=200)] = ""

    @field_validator("outline")
    @classmethod
    def _is_path(cls, data: str) -> str:
        if not is_outline(data):
            raise ValueError("no outline")
        return data


_SHAPING = (
    "words", "family", "size", "weight", "italic", "align",
    "line_spacing", "letter_spacing", "wraps", "vertical",
)  # fmt: skip
"""What the letters' outlines follow from, besides the width of the box."""


def lettering_key(text: Text) -> str:
    """Names the outlines of a text: the same for texts that differ in place and colour only."""
    values: dict[str, object] = {name: getattr(text, name) for name in _SHAPING}
    if text.wraps or text.vertical or text.align is not Align.LEFT:
        values["width"] = text.width
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:32]
