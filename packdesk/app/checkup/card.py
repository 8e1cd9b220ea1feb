"""What the design's pictures take on the graphics card, by the rule the 3D view follows."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from packdesk.app.checkup.finding import Finding
from packdesk.viewer.budget import CARD_BYTES, first_levels, level_size, texture_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

_MB = 2**20


def card(pngs: Mapping[str, bytes]) -> Finding:
    """How much of the budget for artwork is used, and whose pictures are shown smaller for it.

    Args:
        pngs: the checked pictures by panel.
    """
    sizes = {panel_id: _size(png) for panel_id, png in pngs.items()}
    levels = first_levels(sizes)
    used = sum(texture_bytes(level_size(size, levels[panel_id])) for panel_id, size in sizes.items())
    text = f"the pictures take {used / _MB:.1f} of {CARD_BYTES // _MB} MB that artwork may have in a 3D view"
    reduced = [f"{panel_id} at 1/{2 ** levels[panel_id]}" for panel_id in sizes if levels[panel_id]]
    if not reduced:
        return Finding("card", "ok", text)
    return Finding(
        "card",
        "note",
        f"{text}; smaller there: {', '.join(reduced)} of its resolution",
        "Dielines and 3D models have them in full; nothing needs to be done.",
    )


def _size(png: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
        return picture.size
