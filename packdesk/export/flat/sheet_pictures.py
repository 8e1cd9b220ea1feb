"""A panel's picture as it lies on the sheet: turned, and going on as far as its artwork reaches.

It goes on mirrored; that of a cylinder's body from its other end to the sides.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from PIL import Image

from packdesk.domain.dieline.inked import flap_areas
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.panels import goes_around
from packdesk.errors import BadPictureError
from packdesk.export.flat.sheet import Box
from packdesk.export.flat.underlap import strips_under
from packdesk.textures.fitting import turned
from packdesk.textures.objects.bare import is_bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.curves import Path
    from packdesk.domain.dieline.values import PlacedPanel
    from packdesk.export.flat.sheet import Sheet


@dataclass(frozen=True)
class SheetPicture:
    """A picture at its full resolution with its place.

    Attributes:
        panel_id: the panel.
        image: RGB, or RGBA where something of it is transparent.
        box: where it lies on the sheet; a little larger than what is seen of it.
        outlines: what is seen of it: the area within any of them, by the nonzero rule.
    """

    panel_id: str
    image: Image.Image
    box: Box
    outlines: tuple[Path, ...]


def picture_count(sheet: Sheet) -> int:
    """How many pictures `sheet_pictures` gives."""
    return len(_pictured(sheet))


def shows_artwork(sheet: Sheet) -> bool:
    """Whether a picture or objects lie on any of its panels."""
    return any(panel.panel_id in sheet.artwork for panel in sheet.dieline.panels)


def sheet_pictures(sheet: Sheet) -> Iterator[SheetPicture]:
    """Every panel's picture, one after the other, so that one at a time is in memory.

    Raises:
        BadPictureError: one cannot be decoded.
    """
    panels = _pictured(sheet)
    flaps = flap_areas(sheet.dieline) if sheet.dieline.options.flap_art else ()
    for number, panel in enumerate(panels, 1):
        under = strips_under(panel.artwork, [later.artwork for later in panels[number:]])
        over = tuple(flap.outline for flap in flaps if flap.panel_id == panel.panel_id)
        seen = (panel.artwork, *under, *over)
        yield sheet_picture(panel, _picture_of(sheet, panel.panel_id), *seen)


def _pictured(sheet: Sheet) -> list[PlacedPanel]:
    """The panels a picture lies on; where objects lie on bare board there is none."""
    placed = (panel for panel in sheet.dieline.panels if panel.panel_id in sheet.artwork)
    return [
        panel
        for panel in placed
        if panel.panel_id not in sheet.objects or not is_bare(_picture_of(sheet, panel.panel_id))
    ]


def _picture_of(sheet: Sheet, panel_id: str) -> bytes:
    shown = sheet.objects.get(panel_id)
    return sheet.artwork[panel_id] if shown is None else shown.beneath


def sheet_picture(panel: PlacedPanel, png: bytes, *outlines: Path) -> SheetPicture:
    """One panel's picture. Pixels are neither scaled nor changed.

    Args:
        panel: its place.
        png: checked, upright, of the panel's shape.
        outlines: what is seen of it, as of `SheetPicture`; without any, what its panel's artwork covers.

    Raises:
        BadPictureError: it cannot be decoded.
    """
    picture = turned(_decoded(png), panel.rotation // 90)
    place = _place(panel)
    across, down = picture.width / place.width, picture.height / place.height  # pixels per millimetre
    outlines = outlines or (panel.artwork,)
    reach = Box(*bounds([curve for outline in outlines for curve in outline.curves]))
    left, right = _pixels(place.left - reach.left, across), _pixels(reach.right - place.right, across)
    top, bottom = _pixels(place.top - reach.top, down), _pixels(reach.bottom - place.bottom, down)
    pixels = np.pad(np.asarray(picture), ((top, bottom), (0, 0), (0, 0)), mode="symmetric")
    # What goes around goes on from its other end: a seam a millimetre off shows no mirrored motif.
    mode: Literal["wrap", "symmetric"] = "wrap" if goes_around(panel.panel_id) else "symmetric"
    pixels = np.pad(pixels, ((0, 0), (left, right), (0, 0)), mode=mode)
    box = Box(
        place.left - left / across,
        place.top - top / down,
        place.right + right / across,
        place.bottom + bottom / down,
    )
    return SheetPicture(panel.panel_id, Image.fromarray(pixels), box, outlines)


def _place(panel: PlacedPanel) -> Box:
    """Where the picture lies on the sheet: on the panel, or over it on all sides."""
    if panel.picture is None:
        width, height = panel.sheet_size
        return Box(panel.x, panel.y, panel.x + width, panel.y + height)
    width, height = panel.picture if panel.rotation in {0, 180} else panel.picture[::-1]
    x, y = panel.centre
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _pixels(millimetres: float, per_mm: float) -> int:
    # One more than needed: whoever smooths the picture's rim does it where nothing is seen of it.
    return max(0, math.ceil(millimetres * per_mm - 1e-6)) + 1


def _decoded(png: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            picture = opened.convert("RGBA")
    except Exception as error:
        raise BadPictureError("The picture is damaged.") from error
    opaque = picture.getchannel("A").getextrema() == (255, 255)
    return picture.convert("RGB") if opaque else picture
