"""Finishes on parts of panels as they lie on the sheet: a plate for each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from packdesk.domain.area_finish import AreaKind, area_mask
from packdesk.export.flat.sheet_pictures import sheet_picture
from packdesk.export.flat.styles import LineStyle
from packdesk.textures.sheet_cutting import opened_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy.typing as npt

    from packdesk.domain.area_finish import AreaFinish
    from packdesk.domain.curves import Path
    from packdesk.export.flat.sheet import Box, Sheet

AREA_STYLES = {
    AreaKind.WHITE: LineStyle((120, 205, 235), (0.5, 0, 0, 0), "White"),
    AreaKind.FOIL: LineStyle((200, 160, 60), (0.1, 0.3, 0.8, 0.1), "Foil"),
    AreaKind.VARNISH: LineStyle((150, 220, 130), (0.4, 0, 0.6, 0), "Varnish"),
    AreaKind.EMBOSS: LineStyle((220, 120, 190), (0, 0.6, 0, 0), "Emboss"),
}
"""Each plate's ink, and a colour that shows where it is: none of them is ink of that colour."""


@dataclass(frozen=True)
class PlacedArea:
    """A finish on one panel of the sheet.

    Attributes:
        panel_id: the panel.
        mask: (rows, columns), the pixels it takes, as they lie on the sheet.
        box: where those lie, in millimetres.
        outline: what of them is seen.
    """

    panel_id: str
    mask: npt.NDArray[np.bool_]
    box: Box
    outline: Path

    def picture(self, rgb: tuple[int, int, int]) -> Image.Image:
        """It in one colour, transparent elsewhere."""
        flat = Image.new("RGB", self.mask.shape[::-1], rgb)
        flat.putalpha(Image.fromarray(self.mask.astype(np.uint8) * 255))
        return flat


def taking(areas: Iterable[AreaFinish], artwork: Mapping[str, bytes]) -> tuple[AreaFinish, ...]:
    """The areas that take something of their panel's picture: an empty plate is none. Slow.

    Args:
        areas: of all panels.
        artwork: checked PNG by panel.

    Raises:
        BadPictureError: a picture cannot be decoded.
    """
    wanted = [area for area in areas if area.panel_id in artwork]
    taken = set()
    for panel_id in {area.panel_id for area in wanted}:  # one picture at a time is in memory
        pixels = np.asarray(opened_sheet(artwork[panel_id]))
        taken |= {area for area in wanted if area.panel_id == panel_id and area_mask(area, pixels).any()}
    return tuple(area for area in wanted if area in taken)


def shown_kinds(sheet: Sheet) -> list[AreaKind]:
    """The finishes that have a place on it."""
    panels = {panel.panel_id for panel in sheet.dieline.panels} & set(sheet.artwork)
    present = {area.kind for area in sheet.areas if area.panel_id in panels}
    return [kind for kind in AreaKind if kind in present]


def placed_areas(sheet: Sheet, kind: AreaKind) -> Iterator[PlacedArea]:
    """A plate, panel by panel: artwork goes on into the bleed, and so does what is done on it.

    Raises:
        BadPictureError: a picture cannot be decoded.
    """
    wanted = {area.panel_id: area for area in sheet.areas if area.kind is kind}
    for panel in sheet.dieline.panels:
        if panel.panel_id in wanted and panel.panel_id in sheet.artwork:
            picture = sheet_picture(panel, sheet.artwork[panel.panel_id])
            mask = area_mask(wanted[panel.panel_id], np.asarray(picture.image))
            yield PlacedArea(panel.panel_id, mask, picture.box, panel.artwork)
