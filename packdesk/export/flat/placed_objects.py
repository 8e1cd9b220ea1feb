"""Objects where their panels lie on the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.curves import Path, Segment
from packdesk.domain.objects.on_blank import panel_place
from packdesk.export.flat.sheet import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.domain.affine import Affine
    from packdesk.domain.dieline.values import PlacedPanel
    from packdesk.domain.objects.shown import ShownObjects
    from packdesk.export.flat.sheet import Sheet


class PlacedObjects(NamedTuple):
    """The objects of a panel on the sheet.

    Attributes:
        panel_id: the panel.
        shown: what is drawn.
        place: from millimetres of the upright panel to those of the sheet.
        box: of the panel, to which they are clipped; beyond it they go on in the bleed (`bleeding_objects`).
        outline: of the panel's artwork, to which they are clipped as well.
    """

    panel_id: str
    shown: ShownObjects
    place: Affine
    box: Box
    outline: Path


def placed_objects(sheet: Sheet) -> Iterator[PlacedObjects]:
    """Of every panel that has some."""
    for panel in sheet.dieline.panels:
        shown = sheet.objects.get(panel.panel_id)
        if shown is not None and panel.panel_id in sheet.artwork:
            yield PlacedObjects(
                panel.panel_id, shown, panel_place(panel, shown.panel), panel_box(panel), panel.artwork
            )


def guide_boxes(sheet: Sheet) -> Iterator[Path]:
    """The boxes of all objects where they lie on the sheet, whole, also where they run on over a crease."""
    for panel in sheet.dieline.panels:
        shown = sheet.objects.get(panel.panel_id)
        if shown is None:
            continue
        on_sheet = panel_place(panel, shown.panel)
        yield from (_closed(one.corners_by(on_sheet)) for one in shown.objects if not one.is_guest)


def panel_box(panel: PlacedPanel) -> Box:
    """The panel as it lies on the sheet."""
    width, height = panel.sheet_size
    return Box(panel.x, panel.y, panel.x + width, panel.y + height)


def box_path(box: Box) -> Path:
    """A rectangle as a closed path."""
    left, top, right, bottom = box
    return _closed(((left, top), (right, top), (right, bottom), (left, bottom)))


def _closed(corners: Sequence[tuple[float, float]]) -> Path:
    sides = zip(corners, (*corners[1:], corners[0]), strict=True)
    return Path(tuple(Segment(*start, *end) for start, end in sides), closed=True)
