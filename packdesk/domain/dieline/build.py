"""Makes the dieline of a package.

Its dimension lines stand above the blank and to its right, so that none crosses artwork.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from packdesk.domain.curves import Arc, Path, Segment
from packdesk.domain.dieline.box import box_plates
from packdesk.domain.dieline.outline import bounds, polygon
from packdesk.domain.dieline.plates import Role, Side, cut_outline
from packdesk.domain.dieline.printed import place_panels, printed_outline
from packdesk.domain.dieline.sizes import check_caliper
from packdesk.domain.dieline.values import Dieline, DielineOptions, DielineStyle, Line, LineType, Measure
from packdesk.domain.dieline.wrap import rectangle, wrap_cuts, wrap_of, wrap_panels
from packdesk.domain.panels import panel_sizes
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from packdesk.domain.curves import Point2
    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import PlacedPanel
    from packdesk.domain.dimensions import Dimensions, PackageType

OPTION_LIMITS_MM = {"caliper": 10.0, "glue_flap": 100.0, "tuck": 200.0, "bleed": 10.0, "safe": 50.0}
"""The most of each option; the least is 0. Bleed is never wider than the shortest side."""

_TEAR_FROM_HINGE = 5.0
_BESIDE = 8.0  # from row to row of dimension lines
_UPRIGHT = (Side.LEFT, Side.RIGHT)


def make_dieline(
    package_type: PackageType, dimensions: Dimensions, options: DielineOptions | None = None
) -> Dieline:
    """Lay a package out as the blank that is printed, cut, folded and glued.

    Flaps are as deep as asked, or as there is room for: none overlaps another on the sheet, the dust flaps of
    an opening do not meet, nor do the tuck flaps of both ends. One of less than a millimetre is left off.

    Args:
        package_type: box or cylinder.
        dimensions: manufacturing sizes, crease to crease, in millimetres.
        options: what else shapes it; a cylinder is a wrap, whatever style they say.

    Raises:
        InvalidInputError: an option is out of range, the board is too thick, or a box should be a wrap.
    """
    options = options or DielineOptions()
    if package_type == "cylinder":
        options = replace(options, style=DielineStyle.WRAP)
    _check(package_type, dimensions, options)
    return (_wrap if package_type == "cylinder" else _box)(dimensions, options)


@lru_cache(maxsize=2)
def shown_dieline(package_type: PackageType, dimensions: Dimensions, options: DielineOptions) -> Dieline:
    """The dieline a design is shown with: as `make_dieline` makes it, the same object while nothing changes.

    Another program's sizes may leave no room for board or bleed; it is then made without them.
    """
    try:
        return make_dieline(package_type, dimensions, options)
    except InvalidInputError:
        return make_dieline(package_type, dimensions, replace(options, caliper=0, bleed=0))


def blank_plates(dimensions: Dimensions, options: DielineOptions) -> tuple[Plate, ...]:
    """The plates of a box where they lie on the sheet, the front first, parents before children."""
    plates = box_plates(dimensions, options)
    left, top, _, _ = bounds(curve for plate in plates for curve in plate.free)
    return tuple(plate.shifted(-left, -top) for plate in plates)


def _check(package_type: PackageType, dimensions: Dimensions, options: DielineOptions) -> None:
    check_caliper(dimensions, options.caliper)
    check_option_ranges(options, min(dimensions.as_tuple()))
    if package_type == "box" and options.style is DielineStyle.WRAP:
        raise InvalidInputError(
            "A box cannot be laid out as a wrap.", "Choose straight-tuck, reverse-tuck or cross."
        )


def check_option_ranges(options: DielineOptions, shortest: float = math.inf) -> None:
    """Refuse lengths no blank can have.

    Args:
        options: what shapes the blank.
        shortest: side of the package in millimetres, if it is known.

    Raises:
        InvalidInputError: one is out of range.
    """
    for name, most in OPTION_LIMITS_MM.items():
        value, limit = getattr(options, name), min(most, shortest) if name == "bleed" else most
        if not 0 <= value <= limit:  # not a number is refused as well
            raise InvalidInputError(
                Sentence(
                    "The {side} of {value:g} mm is out of range.", side=name.replace("_", " "), value=value
                ),
                Sentence("Use 0 to {limit:g} mm.", limit=limit),
            )


def _box(dimensions: Dimensions, options: DielineOptions) -> Dieline:
    plates = blank_plates(dimensions, options)
    panels = place_panels(plates, panel_sizes("box", dimensions), options.bleed)
    cut = Path(cut_outline(plates), closed=True)
    _, _, width, height = bounds(cut.curves)
    lines = [
        Line(LineType.CUT, cut),
        *(Line(LineType.CREASE, Path((plate.hinge,))) for plate in plates if plate.hinge),
        *_tear_line(plates, options),
        *_bleed_lines([printed_outline(plates, options.bleed)], options),
        *_safe_lines(panels, options.safe),
        *(_glue_area(plate, options.bleed) for plate in plates if plate.role is Role.GLUE),
    ]
    measures = measures_of(panels, width, height, options.bleed)
    return Dieline("box", dimensions, options, width, height, tuple(lines), panels, measures)


def _wrap(dimensions: Dimensions, options: DielineOptions) -> Dieline:
    wrap = wrap_of(dimensions, options)
    panels, cuts = wrap_panels(wrap, options.bleed), wrap_cuts(wrap)
    _, _, width, height = bounds(curve for cut in cuts for curve in cut.curves)
    left, top, _, bottom = wrap.label
    ends_at = left - min(options.bleed, wrap.overlap / 3)
    glue = [Line(LineType.GLUE, rectangle(0.0, top, ends_at, bottom))] if wrap.overlap else []
    lines = [
        *(Line(LineType.CUT, cut) for cut in cuts),
        *_bleed_lines([panel.artwork for panel in panels], options),
        *_safe_lines(panels, options.safe),
        *glue,
    ]
    measures = measures_of(panels, width, height, options.bleed)
    return Dieline("cylinder", dimensions, options, width, height, tuple(lines), panels, measures)


def _tear_line(plates: Sequence[Plate], options: DielineOptions) -> Iterator[Line]:
    """Across the top, near its hinge: torn off, it leaves a narrow rim."""
    if not options.perforated:
        return
    top = next(plate for plate in plates if plate.plate_id == "top")
    left, upper, right, lower = top.box
    y = lower - min(_TEAR_FROM_HINGE, (lower - upper) / 4)
    yield Line(LineType.PERFORATION, Path((Segment(left, y, right, y),)))


def _bleed_lines(outlines: Iterable[Path], options: DielineOptions) -> list[Line]:
    return [Line(LineType.BLEED, outline) for outline in outlines] if options.bleed else []


def _safe_lines(panels: Iterable[PlacedPanel], safe: float) -> Iterator[Line]:
    """What lettering may fill of each panel; none where nothing would remain."""
    for panel in panels:
        width, height = panel.sheet_size
        if not 0 < 2 * safe < min(width, height):
            continue
        if panel.shape == "disc":
            path = Path((Arc(*panel.centre, width / 2 - safe),), closed=True)
        else:
            right, bottom = panel.x + width - safe, panel.y + height - safe
            path = rectangle(panel.x + safe, panel.y + safe, right, bottom)
        yield Line(LineType.SAFE, path)


def _glue_area(plate: Plate, bleed: float) -> Line:
    """What of a glue flap takes glue: all beyond the neighbour's bleed, at least two thirds of its depth."""
    up, across, down = plate.free
    width = abs((across.start[0] - up.start[0]) if plate.side in _UPRIGHT else across.start[1] - up.start[1])
    share = min(bleed / width, 1 / 3)
    corners = [_between(up.start, up.end, share), across.start, across.end]
    return Line(LineType.GLUE, polygon([*corners, _between(down.end, down.start, share)]))


def _between(start: Point2, end: Point2, share: float) -> Point2:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def measures_of(
    panels: Iterable[PlacedPanel], width: float, height: float, bleed: float
) -> tuple[Measure, ...]:
    """Width, depth and height of the package (a cylinder's way around, diameter and height), and the blank's.

    They start and end at the edge of the blank's bounding rectangle, those of the whole blank further out.

    Args:
        panels: of the blank.
        width: of the cut outline.
        height: of the cut outline.
        bleed: around it.
    """
    named = {panel.panel_id: panel for panel in panels}
    lead = named["front"] if "front" in named else named["body"]
    side = named["left"] if "left" in named else named["top"]
    near, far = bleed + _BESIDE, bleed + 2 * _BESIDE
    parts = [_across(side, near), _across(lead, near), _down(lead, width, near)]
    if side.shape == "disc":
        # It lies above the label, whose measure goes to the row of the whole blank's.
        parts[1] = _across(lead, far)
        far += _BESIDE
    return (
        *parts,
        _measure((0.0, 0.0), (width, 0.0), far),
        _measure((width, 0.0), (width, height), bleed + 2 * _BESIDE),
    )


def _across(panel: PlacedPanel, offset: float) -> Measure:
    return _measure((panel.x, 0.0), (panel.x + panel.width, 0.0), offset)


def _down(panel: PlacedPanel, right: float, offset: float) -> Measure:
    return _measure((right, panel.y), (right, panel.y + panel.height), offset)


def _measure(start: Point2, end: Point2, offset: float) -> Measure:
    return Measure(start, end, offset, math.dist(start, end))
