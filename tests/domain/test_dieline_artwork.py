"""What is printed, lettered and glued of a box's blank, measured."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF
from support.outlines import apart, area, boxes, crosses_itself, exact_area, is_chained, options, sampled

from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import blank_plates, make_dieline
from packdesk.domain.dieline.glued import flap_depth
from packdesk.domain.dieline.inked import flap_areas, inked_depths, least_bleed
from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.structures import BOX_STYLES
from packdesk.domain.dieline.values import Dieline, DielineOptions, DielineStyle, LineType
from packdesk.domain.dimensions import Dimensions

if TYPE_CHECKING:
    from packdesk.domain.curves import Path
    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.geometry import FloatArray

SIZE = Dimensions(width=90, height=140, depth=60)
STYLES = [DielineStyle.STRAIGHT_TUCK, DielineStyle.REVERSE_TUCK, DielineStyle.CROSS]


@given(size=boxes, asked=options)
def test_the_bleed_is_as_far_from_the_artwork_as_asked_but_over_glue(
    size: Dimensions, asked: DielineOptions
) -> None:
    dieline = make_dieline("box", size, asked)
    if not asked.bleed:
        assert dieline.of_kind(LineType.BLEED) == ()
        return
    (outline,) = dieline.of_kind(LineType.BLEED)
    assert is_chained(outline)
    thirds = (flap_depth(plate) / 3 for plate in blank_plates(size, asked) if plate.role == "glue")
    may_be = {asked.bleed, *(third for third in thirds if third < asked.bleed)}
    for line in outline.curves:
        upright_or_level = min(abs(line.start[0] - line.end[0]), abs(line.start[1] - line.end[1])) < 1e-9
        for share in (0.0, 0.3, 0.5, 0.9):
            x, y = np.array(line.start) + share * np.subtract(line.end, line.start)
            far = distance_to_panels(dieline, x, y)
            assert min(may_be) - 1e-6 < far < asked.bleed + 1e-6
            if share == 0.5 and upright_or_level:
                assert any(far == pytest.approx(one, abs=1e-6) for one in may_be)


def distance_to_panels(dieline: Dieline, x: float, y: float) -> float:
    """How far a point is from the nearest panel, across or down, whichever is more."""
    return min(
        max(p.x - x, x - p.x - p.sheet_size[0], p.y - y, y - p.y - p.sheet_size[1]) for p in dieline.panels
    )


@given(size=boxes, asked=options)
def test_artworks_share_what_is_printed_without_a_gap(size: Dimensions, asked: DielineOptions) -> None:
    dieline = make_dieline("box", size, replace(asked, bleed=asked.bleed or 3.0))
    (outline,) = dieline.of_kind(LineType.BLEED)
    parts = [sampled(panel.artwork.curves) for panel in dieline.panels]
    assert all(is_chained(panel.artwork) for panel in dieline.panels)
    assert not any(crosses_itself(part) for part in parts)
    assert sum(area(part) for part in parts) == pytest.approx(exact_area(outline.curves))


def test_artwork_ends_at_a_neighbour_and_runs_over_everything_else() -> None:
    dieline = make_dieline("box", SIZE, DielineOptions(bleed=3.0))
    reach = {}
    for panel in dieline.panels:
        points = sampled(panel.artwork.curves)
        low, high = points.min(axis=0), points.max(axis=0)
        width, height = panel.sheet_size
        over = (panel.x - low[0], panel.y - low[1], high[0] - panel.x - width, high[1] - panel.y - height)
        reach[panel.panel_id] = tuple(round(float(value), 6) for value in over)
    # left, up, right, down
    assert reach == {
        "front": (0, 3, 0, 3),
        "back": (0, 0, 3, 0),
        "left": (3, 3, 0, 3),  # over the glue flap and both dust flaps
        "right": (0, 3, 0, 3),
        "top": (3, 3, 3, 0),  # over the tuck flap
        "bottom": (3, 0, 3, 3),
    }


def test_lids_read_from_the_front_wherever_they_hang() -> None:
    turned = {
        style: tuple(
            make_dieline("box", SIZE, DielineOptions(style=style)).panel(lid).rotation
            for lid in ("top", "bottom")
        )
        for style in STYLES
    }
    assert turned == {
        DielineStyle.STRAIGHT_TUCK: (180, 180),
        DielineStyle.REVERSE_TUCK: (180, 0),
        DielineStyle.CROSS: (0, 0),
    }


@given(size=boxes, safe=st.floats(0.1, 50), bleed=st.floats(0, 10))
def test_safe_areas_keep_their_distance_and_vanish_where_nothing_remains(
    size: Dimensions, safe: float, bleed: float
) -> None:
    dieline = make_dieline("box", size, DielineOptions(safe=safe, bleed=bleed))
    roomy = [panel for panel in dieline.panels if min(panel.sheet_size) > 2 * safe]
    areas = dieline.of_kind(LineType.SAFE)
    assert len(areas) == len(roomy)
    for panel, path in zip(roomy, areas, strict=True):
        points = sampled(path.curves)
        wanted = np.array([panel.x, panel.y]) + safe, np.array([panel.x, panel.y]) + panel.sheet_size - safe
        assert np.abs(points.min(axis=0) - wanted[0]).max() < 1e-6
        assert np.abs(points.max(axis=0) - wanted[1]).max() < 1e-6


@given(size=boxes, asked=options)
def test_glue_areas_lie_on_glue_flaps_beside_the_bleed(size: Dimensions, asked: DielineOptions) -> None:
    dieline = make_dieline("box", size, asked)
    flaps = [plate for plate in blank_plates(size, asked) if plate.role == "glue"]
    areas = dieline.of_kind(LineType.GLUE)
    assert len(areas) == len(flaps)
    for flap, path in zip(flaps, areas, strict=True):
        assert is_chained(path)
        upright = flap.side in {"left", "right"}
        across = np.ptp(sampled(flap.outline), axis=0)[0 if upright else 1]
        taking = np.ptp(sampled(path.curves), axis=0)[0 if upright else 1]
        assert taking == pytest.approx(across - min(asked.bleed, across / 3))
        assert apart(sampled(path.curves), crease_strip(flap, across - taking))


def crease_strip(flap: Plate, width: float) -> FloatArray:
    """What of a flap lies within a distance of its hinge, as a rectangle along the hinge."""
    assert flap.hinge is not None
    start, end = np.array(flap.hinge.start), np.array(flap.hinge.end)
    along = (end - start) / np.linalg.norm(end - start)
    out = np.array([along[1], -along[0]]) * width
    return np.array([start, start + out, end + out, end])


INKED = [(0.0, 5.0), (3.0, 15.0), (10.0, 5.0), (10.0, 30.0)]


@pytest.mark.parametrize("board", [None, 0.5, 3.0])
@pytest.mark.parametrize("style", [*BOX_STYLES, DielineStyle.WRAP])
def test_no_ink_lies_under_glue_whatever_the_bleed(style: DielineStyle, board: float | None) -> None:
    package: PackageType = "cylinder" if style is DielineStyle.WRAP else "box"
    for size in (SIZE, Dimensions(width=40, height=60, depth=30)):
        around = size.model_copy(update={"depth": size.width}) if package == "cylinder" else size
        for bleed, deep in INKED:
            made = even_board("board", board) if board else None
            asked = DielineOptions(style, bleed=bleed, glue_flap=deep, board=made, flap_art=True)
            dieline = make_dieline(package, around, asked)
            glue = dieline.of_kind(LineType.GLUE)
            inks = [
                *(panel.artwork for panel in dieline.panels),
                *(flap.outline for flap in flap_areas(dieline)),
            ]
            assert bool(glue) == (style is not DielineStyle.MAILER)
            for ink, taken in product(inks, glue):
                assert shared(ink, taken) < 1e-3, (size, bleed, deep)
            assert least_bleed(dieline) <= bleed
            depths = {flap.plate_id: flap_depth(flap) for flap in plates_of(dieline)}
            inked = inked_depths(dieline)
            assert all(inked[name] <= depth + 1e-9 for name, depth in depths.items())


def plates_of(dieline: Dieline) -> list[Plate]:
    if dieline.package_type == "cylinder":
        return []
    return [plate for plate in blank_plates(dieline.manufacturing, dieline.options) if not plate.panel_id]


def shared(ink: Path, glue: Path) -> float:
    """Square millimetres two outlines share, as Qt counts them."""
    one, other = QPainterPath(), QPainterPath()
    for path, curves in ((one, ink.curves), (other, glue.curves)):
        path.addPolygon(QPolygonF([QPointF(*point) for point in flattened(curves)]))
        path.closeSubpath()
    found = one.intersected(other).toFillPolygons()
    corners = ([shape.at(at) for at in range(shape.count())] for shape in found)
    return sum(abs(area(np.array([point.toTuple() for point in shape]))) for shape in corners)
