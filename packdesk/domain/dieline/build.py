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
from packdesk.domain.dieline.glued import bleeds_of, glue_areas
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.dieline.plates import Side, cut_outline
from packdesk.domain.dieline.possible import check_possible
from packdesk.domain.dieline.printed import place_panels, printed_outline, printed_plates
from packdesk.domain.dieline.sizes import check_caliper, manufacturing_size
from packdesk.domain.dieline.slits import creases, hang_holes, slits
from packdesk.domain.dieline.structures import BOX_STYLES
from packdesk.domain.dieline.tray_plates import pieces, slots, tray_plates
from packdesk.domain.dieline.trays import TRAY_STYLES
from packdesk.domain.dieline.tucks import shoulders_of
from packdesk.domain.dieline.values import (
    Dieline,
    DielineOptions,
    DielineStyle,
    Hand,
    Line,
    LineType,
    Measure,
)
from packdesk.domain.dieline.wrap import rectangle, tab_creases, wrap_cuts, wrap_glue, wrap_of, wrap_panels
from packdesk.domain.panels import panel_sizes
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from packdesk.domain.curves import Point2
    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import PlacedPanel
    from packdesk.domain.dimensions import Dimensions, PackageType

OPTION_LIMITS_MM = {
    "caliper": 10.0,
    "glue_flap": 100.0,
    "tuck": 200.0,
    "bleed": 10.0,
    "safe": 50.0,
    "nick_width": 3.0,
}
"""The most of each option; the least is 0. Bleed is never wider than the shortest side."""

MOST_NICKS = 100
_KEPT = 8
"""Blanks laid out last: views, files and preflight ask for the same one again and again."""

_TEAR_FROM_HINGE = 5.0
_BESIDE = 8.0  # from row to row of dimension lines


def make_dieline(
    package_type: PackageType, dimensions: Dimensions, options: DielineOptions | None = None
) -> Dieline:
    """Lay a package out as the blank that is printed, cut, folded and glued.

    Flaps are as deep as asked, or as there is room for: none overlaps another on the sheet, the dust flaps of
    an opening do not meet, nor do the tuck flaps of both ends. One of less than a millimetre is left off.

    Args:
        package_type: box or cylinder.
        dimensions: in millimetres; `options.sized` says from where to where.
        options: what else shapes it; a cylinder is a wrap, whatever style they say.

    Raises:
        InvalidInputError: an option is out of range, the board is too thick, or a box should be a wrap.
    """
    options = _of_package(package_type, options or DielineOptions())
    _check(package_type, dimensions, options)
    manufacturing = manufacturing_size(package_type, dimensions, options)
    check_possible(package_type, manufacturing, options)
    return _laid_out(package_type, dimensions, manufacturing, options)


def _of_package(package_type: PackageType, options: DielineOptions) -> DielineOptions:
    return replace(options, style=DielineStyle.WRAP) if package_type == "cylinder" else options


@lru_cache(_KEPT)
def _laid_out(
    package_type: PackageType, dimensions: Dimensions, manufacturing: Dimensions, options: DielineOptions
) -> Dieline:
    return (_wrap if package_type == "cylinder" else _box)(dimensions, manufacturing, options)


@lru_cache(_KEPT)
def shown_dieline(package_type: PackageType, dimensions: Dimensions, options: DielineOptions) -> Dieline:
    """The dieline a design is shown with: as `make_dieline` makes it, the same object while nothing changes.

    Where sizes leave no room for board or bleed, or for a bottom whose flaps go into each other, it is made
    without them.
    """
    try:
        return make_dieline(package_type, dimensions, options)
    except InvalidInputError:
        bare = _of_package(package_type, replace(options, board=None, caliper=0, bleed=0))
        _check(package_type, dimensions, bare)
        manufacturing = manufacturing_size(package_type, dimensions, bare)
        return _laid_out(package_type, dimensions, manufacturing, bare)


@lru_cache(_KEPT)
def blank_plates(dimensions: Dimensions, options: DielineOptions) -> tuple[Plate, ...]:
    """The plates of a box where they lie on the sheet; each piece's root first, parents before children."""
    made = tray_plates if options.style in TRAY_STYLES else box_plates
    plates = made(dimensions, options)
    left, top, _, _ = bounds(curve for plate in plates for curve in plate.free)
    return tuple(plate.shifted(-left, -top) for plate in plates)


def _check(package_type: PackageType, dimensions: Dimensions, options: DielineOptions) -> None:
    check_caliper(dimensions, options.caliper)
    check_option_ranges(options, min(dimensions.as_tuple()))
    if package_type == "box" and options.style is DielineStyle.WRAP:
        raise InvalidInputError(
            "A box cannot be laid out as a wrap.",
            Sentence("Choose {styles}.", styles=", ".join(BOX_STYLES)),
        )


def check_option_ranges(options: DielineOptions, shortest: float = math.inf) -> None:
    """Refuse lengths no blank can have.

    Args:
        options: what shapes the blank.
        shortest: side of the package in millimetres, if it is known.

    Raises:
        InvalidInputError: one is out of range.
    """
    _check_nicks(options.nicks)
    for name, most in OPTION_LIMITS_MM.items():
        value, limit = getattr(options, name), min(most, shortest) if name == "bleed" else most
        if value is None:
            continue
        if not 0 <= value <= limit:  # not a number is refused as well
            raise InvalidInputError(
                Sentence(
                    "The {side} of {value:g} mm is out of range.", side=name.replace("_", " "), value=value
                ),
                Sentence("Use 0 to {limit:g} mm.", limit=limit),
            )


def _check_nicks(nicks: int) -> None:
    if not 0 <= nicks <= MOST_NICKS:
        raise InvalidInputError(
            Sentence("{count} nicks are out of range.", count=nicks),
            Sentence("Use 0 to {limit} around each piece.", limit=MOST_NICKS),
        )


def _box(dimensions: Dimensions, manufacturing: Dimensions, options: DielineOptions) -> Dieline:
    plates = blank_plates(manufacturing, options)
    printed = {plate.plate_id: plate for plate in printed_plates(plates)}
    bleeds = bleeds_of(plates, printed, options.bleed, shoulders_of(plates, options, manufacturing))
    panels = place_panels(plates, panel_sizes("box", dimensions), printed, bleeds)
    cuts = [Path(cut_outline(piece), closed=True) for piece in pieces(plates)]
    _, _, width, height = bounds(curve for cut in cuts for curve in cut.curves)
    inks = [printed_outline(piece, bleeds) for piece in pieces(printed.values())]
    latched = tuple(slots(plates, options, manufacturing))
    lines = [
        *(Line(LineType.CUT, cut) for cut in cuts),
        *(Line(LineType.CUT, slot) for slot in latched),
        *(Line(LineType.CUT, slit) for slit in slits(plates, options, manufacturing)),
        *(Line(LineType.CUT, hole) for hole in hang_holes(plates)),
        *(
            Line(LineType.CREASE, Path((crease,)))
            for crease in creases(plates, options, manufacturing, latched)
        ),
        *_tear_line(plates, options),
        *_bleed_lines(inks, options),
        *_safe_lines(panels, options.safe),
        *(Line(LineType.GLUE, area) for area in glue_areas(plates, printed, bleeds)),
    ]
    measured = floor_measures if options.style in TRAY_STYLES else measures_of
    measures = measured(panels, width, height, options.bleed, options.glue_side)
    return Dieline("box", dimensions, options, width, height, tuple(lines), panels, measures, manufacturing)


def _wrap(dimensions: Dimensions, manufacturing: Dimensions, options: DielineOptions) -> Dieline:
    wrap = wrap_of(manufacturing, options)
    panels, cuts = wrap_panels(wrap, dimensions), wrap_cuts(wrap)
    _, _, width, height = bounds(curve for cut in cuts for curve in cut.curves)
    lines = [
        *(Line(LineType.CUT, cut) for cut in cuts),
        *(Line(LineType.CREASE, Path((crease,))) for crease in tab_creases(wrap)),
        *_bleed_lines([panel.artwork for panel in panels], options),
        *_safe_lines(panels, options.safe),
        *(Line(LineType.GLUE, area) for area in wrap_glue(wrap)),
    ]
    measures = measures_of(panels, width, height, options.bleed)
    return Dieline(
        "cylinder", dimensions, options, width, height, tuple(lines), panels, measures, manufacturing
    )


def _tear_line(plates: Sequence[Plate], options: DielineOptions) -> Iterator[Line]:
    """Across the top, near its hinge: torn off, it leaves a narrow rim."""
    top = next((plate for plate in plates if plate.plate_id == "top"), None)
    if not options.perforated or top is None or top.hinge is None:
        return
    left, upper, right, lower = top.box
    rim = min(_TEAR_FROM_HINGE, (lower - upper) / 4)
    y = lower - rim if top.side is Side.TOP else upper + rim
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


def measures_of(
    panels: Iterable[PlacedPanel], width: float, height: float, bleed: float, glue_side: Hand = Hand.LEFT
) -> tuple[Measure, ...]:
    """Width, depth and height of the package (a cylinder's way around, diameter and height), and the blank's.

    They start and end at the edge of the blank's bounding rectangle, those of the whole blank further out.

    Args:
        panels: of the blank.
        width: of the cut outline.
        height: of the cut outline.
        bleed: around it.
        glue_side: of the front; the wall there is shorter where board is thick.
    """
    named = {panel.panel_id: panel for panel in panels}
    lead = named["front"] if "front" in named else named["body"]
    side = _whole_side(named, glue_side)
    near, far = bleed + _BESIDE, bleed + 2 * _BESIDE
    parts = [_across(side, near), _across(lead, near), _down(named.get("back", lead), width, near)]
    if side.shape == "disc":
        # It lies above the label, whose measure goes to the row of the whole blank's.
        parts[1] = _across(lead, far)
        far += _BESIDE
    return (
        *parts,
        _measure((0.0, 0.0), (width, 0.0), far),
        _measure((width, 0.0), (width, height), bleed + 2 * _BESIDE),
    )


def floor_measures(
    panels: Iterable[PlacedPanel], width: float, height: float, bleed: float, glue_side: Hand = Hand.LEFT
) -> tuple[Measure, ...]:
    """As `measures_of`, of what has its walls around a floor: those of the largest floor and the front."""
    del glue_side
    named = {panel.panel_id: panel for panel in panels}
    near, far = bleed + _BESIDE, bleed + 2 * _BESIDE
    floor = max(named["bottom"], named["top"], key=lambda panel: panel.width)
    return (
        _across(floor, near),
        _down(floor, width, near),
        _down(named["front"], width, near),
        _measure((0.0, 0.0), (width, 0.0), far),
        _measure((width, 0.0), (width, height), far),
    )


def _whole_side(named: Mapping[str, PlacedPanel], glue_side: Hand) -> PlacedPanel:
    """The wall that is as wide as the package is deep; of a cylinder a disc."""
    if "left" not in named:
        return named["top"]
    left, right = named["left"], named["right"]
    return right if glue_side is Hand.LEFT and right.width > left.width else left


def _across(panel: PlacedPanel, offset: float) -> Measure:
    return _measure((panel.x, 0.0), (panel.x + panel.width, 0.0), offset)


def _down(panel: PlacedPanel, right: float, offset: float) -> Measure:
    return _measure((right, panel.y), (right, panel.y + panel.height), offset)


def _measure(start: Point2, end: Point2, offset: float) -> Measure:
    return Measure(start, end, offset, math.dist(start, end))
