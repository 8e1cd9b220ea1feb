"""What a sheet of artwork shows beside the panels: on flaps, and in the bleed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageChops, ImageDraw

from packdesk.domain.affine import Affine
from packdesk.domain.dieline.outline import bounds, flattened
from packdesk.domain.sheet.whole import laid_sheets
from packdesk.domain.units import MM_PER_INCH
from packdesk.textures.sheet_cutting import opened_sheet, sampled

if TYPE_CHECKING:
    from packdesk.domain.dieline.inked import InkedArea
    from packdesk.domain.dieline.outline import Box
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.sheet.whole import LaidSheet, WholeArtwork

SURROUND_DPI = 300.0
"""In files for print."""
_MOST_PIXELS = 64_000_000


class Surround(NamedTuple):
    """A picture over the whole blank with its bleed, transparent on all panels.

    Attributes:
        image: RGBA.
        box: left, upper, right and lower end on the blank, in millimetres.
    """

    image: Image.Image
    box: Box


def surround_of(dieline: Dieline, whole: WholeArtwork, dpi: float) -> Surround | None:
    """What goes on beside the panels; None where nothing does.

    Args:
        dieline: the blank.
        whole: its sheets; those that have a page are left out, for they are drawn as they are.
        dpi: resolution to reach; less for very large blanks.

    Raises:
        BadPictureError: a sheet cannot be decoded.
    """
    laid = [one for one in laid_sheets(dieline, whole) if not whole.sources[one.source].page]
    if not laid:
        return None
    box = bounds(curve for one in laid for area in one.areas for curve in area.outline.curves)
    scale = min(dpi / MM_PER_INCH, math.sqrt(_MOST_PIXELS / ((box[2] - box[0]) * (box[3] - box[1]))))
    size = math.ceil((box[2] - box[0]) * scale), math.ceil((box[3] - box[1]) * scale)
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    to_pixels = Affine.shift(-box[0], -box[1]).then(Affine.scaling(scale, scale))
    for one in laid:
        sheet = opened_sheet(whole.sources[one.source].png)
        for area in one.areas:
            _draw_area(image, sheet, one, area, to_pixels)
    _clear_panels(image, dieline, to_pixels)
    return Surround(image, (box[0], box[1], box[0] + size[0] / scale, box[1] + size[1] / scale))


def _draw_area(
    image: Image.Image, sheet: Image.Image, laid: LaidSheet, area: InkedArea, to_pixels: Affine
) -> None:
    """The sheet within an outline, over what is there."""
    points = [to_pixels.point(*point) for point in flattened(area.outline.curves)]
    left, top = (max(0, math.floor(min(values))) for values in zip(*points, strict=True))
    right = min(image.width, math.ceil(max(x for x, _ in points)))
    bottom = min(image.height, math.ceil(max(y for _, y in points)))
    if right <= left or bottom <= top:
        return
    to_sheet = (
        Affine.shift(left, top)
        .then(to_pixels.inverse())
        .then(laid.place)
        .then(Affine.scaling(sheet.width, sheet.height))
    )
    part = sampled(sheet, to_sheet, (right - left, bottom - top)).convert("RGBA")
    mask = Image.new("L", part.size, 0)
    ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in points], fill=255)
    part.putalpha(ImageChops.multiply(part.getchannel("A"), mask))
    image.paste(part, (left, top), mask)


def _clear_panels(image: Image.Image, dieline: Dieline, to_pixels: Affine) -> None:
    """Panels have pictures of their own; a pixel of the rim stays, or board would be seen there."""
    clear = ImageDraw.Draw(image)
    for panel in dieline.panels:
        width, height = panel.sheet_size
        left, top = to_pixels.point(panel.x, panel.y)
        right, bottom = to_pixels.point(panel.x + width, panel.y + height)
        box = (math.ceil(left), math.ceil(top), math.floor(right) - 1, math.floor(bottom) - 1)
        if box[2] > box[0] and box[3] > box[1]:
            shape = clear.ellipse if panel.shape == "disc" else clear.rectangle
            shape(box, fill=(0, 0, 0, 0))
