"""Where a fitted picture came from: a small file beside it in the library.

The answer of a provider is kept as it came; what stands on a panel is cut from it. The note lets another
panel size be cut from the same answer, tells how fine the print will be, and is the recipe by which a cut
that was removed is made again.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)
_MAX_BYTES = 4096
_HASH = r"^[0-9a-f]{64}$"

_Millimetres = Annotated[float, Field(ge=0.1, le=100_000)]

Fit = Literal["fill", "fit", "crop"]
"""How a picture lies on its panel: `crop` covers the panel, and what does not fit is cropped; `fill` as well,
but where that costs much it goes on mirrored, as a painted answer may; `fit` shows all of it on board."""


class Origin(BaseModel):
    """What is noted of a fitted picture.

    Attributes:
        source: SHA-256 of the picture it was cut from.
        dpi: source pixels per inch of the panel, in the worse direction.
        wraps: whether its left and right edges meet.
        turns: quarter turns to the right the source was given before it was cut.
        fit: how it lies on the panel.
        panel: width and height of the panel in millimetres; None in notes of older versions, whose cuts
            cannot be made again.
        wanted_dpi: the resolution that was asked for; likewise.
        maker: which packdesk made the cut; empty where nobody noted it.
        kept: whether the very same picture came as an answer or import, too, and so stays.
        now: SHA-256 of what the same recipe gave when this cut had gone and the encoder made other bytes.
    """

    model_config = ConfigDict(frozen=True)

    source: str = Field(pattern=_HASH)
    dpi: float = Field(gt=0, le=1_000_000, allow_inf_nan=False)
    wraps: bool = False
    turns: int = Field(default=0, ge=0, le=3)  # notes of older versions have neither this nor what follows
    fit: Fit = "fill"
    panel: tuple[_Millimetres, _Millimetres] | None = None
    wanted_dpi: float | None = Field(default=None, ge=1, le=100_000)
    maker: str = Field(default="", max_length=64)
    kept: bool = False
    now: str | None = Field(default=None, pattern=_HASH)

    def same_cut(self, other: Origin | None) -> bool:
        """Whether both describe the same cut, whoever made it."""
        unmarked = {"maker": "", "kept": False, "now": None}
        return other is not None and self.model_copy(update=unmarked) == other.model_copy(update=unmarked)


def read_origin(file: Path) -> Origin | None:
    """The note in that file, or None: anybody may put files into a shared folder."""
    try:
        if not file.is_file() or file.stat().st_size > _MAX_BYTES:
            return None
        return Origin.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        _log.info("The note %s cannot be used: %s", file.name, type(error).__name__)
        return None
