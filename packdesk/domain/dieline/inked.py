"""Which parts of a blank go on with a panel's artwork: the panel with its bleed, and the flaps on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.build import blank_plates
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.dieline.wrap import rectangle, wrap_of

if TYPE_CHECKING:
    from packdesk.domain.curves import Path
    from packdesk.domain.dieline.values import Dieline


class InkedArea(NamedTuple):
    """A closed outline on the blank, and the panel whose artwork goes on there.

    Of a flap it is the rectangle around it with bleed: what lies beyond the cut is cut off.
    """

    panel_id: str
    outline: Path


def inked_areas(dieline: Dieline) -> tuple[InkedArea, ...]:
    """All areas of a blank that artwork of the whole blank reaches: flaps first, panels over them."""
    panels = tuple(InkedArea(panel.panel_id, panel.artwork) for panel in dieline.panels)
    return (*_flaps(dieline), *panels)


def _flaps(dieline: Dieline) -> tuple[InkedArea, ...]:
    bleed = dieline.options.bleed
    if dieline.package_type == "cylinder":
        wrap = wrap_of(dieline.dimensions, dieline.options)
        left, top, _, bottom = wrap.label
        return (InkedArea("body", _grown((0.0, top, left, bottom), bleed)),) if wrap.overlap else ()
    return tuple(
        InkedArea(plate.parent, _grown(bounds(plate.free), bleed))
        for plate in blank_plates(dieline.dimensions, dieline.options)
        if plate.panel_id is None and plate.parent is not None
    )


def _grown(box: tuple[float, float, float, float], by: float) -> Path:
    left, top, right, bottom = box
    return rectangle(left - by, top - by, right + by, bottom + by)
