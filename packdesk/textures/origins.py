"""Where a fitted picture came from: a small file beside it in the library.

The answer of a provider is kept as it came; what stands on a panel is cut from it. The note lets another
panel size be cut from the same answer, and tells how fine the print will be.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)
_MAX_BYTES = 4096

Fit = Literal["fill", "fit"]
"""How a picture lies on its panel: `fill` covers the panel and crops, `fit` shows all of it on bare board."""


class Origin(BaseModel):
    """What is noted of a fitted picture.

    Attributes:
        source: SHA-256 of the picture it was cut from.
        dpi: source pixels per inch of the panel, in the worse direction.
        wraps: whether its left and right edges meet.
        turns: quarter turns to the right the source was given before it was cut.
        fit: how it lies on the panel.
    """

    model_config = ConfigDict(frozen=True)

    source: str = Field(pattern=r"^[0-9a-f]{64}$")
    dpi: float = Field(gt=0, le=1_000_000, allow_inf_nan=False)
    wraps: bool = False
    turns: int = Field(default=0, ge=0, le=3)  # notes of older versions have neither this nor the next
    fit: Fit = "fill"


def read_origin(file: Path) -> Origin | None:
    """The note in that file, or None: anybody may put files into a shared folder."""
    try:
        if not file.is_file() or file.stat().st_size > _MAX_BYTES:
            return None
        return Origin.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        _log.info("The note %s cannot be used: %s", file.name, type(error).__name__)
        return None
