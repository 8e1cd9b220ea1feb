"""Names of layers, and how a dieline lies under ours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.supplied import blank

from packdesk.domain.dieline.outline import flattened
from packdesk.domain.differing import COMPARED, compared, differences
from packdesk.domain.line_names import is_beside, is_die_line
from packdesk.domain.supplied import Overlay, Placement, SuppliedDieline, SuppliedLine

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import Dieline

DIE = """
Cut CutContour CUT_CREASE Thru-cut crease Dieline DIE Fold Stanze Stanzkontur Rilllinien Rillung Perforation
KissCut die-line die-cut
"""


@pytest.mark.parametrize("name", DIE.split())
def test_lines_of_a_die_are_known_by_their_names(name: str) -> None:
    assert is_die_line(name)


@pytest.mark.parametrize("name", ["", "Die Marke", "Layer 1", "PANTONE 485 C", "Cut dimensions", "Schatten"])
def test_other_names_say_nothing(name: str) -> None:
    assert not is_die_line(name)


def test_what_stands_beside_is_known() -> None:
    assert is_beside("Dimensions")
    assert is_beside("Bemaßung außen")
    assert not is_beside("Layer 1")


def test_named_lines_are_compared_alone_and_else_all_that_may_be_some() -> None:
    def lines(*names: str) -> SuppliedDieline:
        return SuppliedDieline("a", "PDF", "pt", tuple(SuppliedLine(((0, 0), (1, 1)), n) for n in names))

    def chosen(*names: str) -> list[str]:
        return [line.name for line in lines(*names).die_lines()]

    assert chosen("Cut", "Layer 1", "Legend") == ["Cut"]
    assert chosen("Layer 1", "Legend") == ["Layer 1"]
    assert chosen("Legend") == ["Legend"]


def test_a_line_is_off_by_its_worst_place_from_one_of_its_direction() -> None:
    ours = blank()
    ours = replace(ours, lines=ours.lines[1:2])  # a crease
    curve = ours.lines[0].path.curves[0]
    (x1, y1), (x2, y2) = curve.start, curve.end
    slanted = ((x1, y1), (x2 + 0.4, y2 + 0.4))
    across = ((x1 - 5, y1 - 5), (x1 + 5, y1 + 5))
    (only,) = differences(ours, [slanted, across])
    assert only.off == pytest.approx(0.4 * 2**0.5, abs=0.01)
    (missing,) = differences(ours, [across])
    assert missing.off is None
    assert differences(ours, [((x1, y1), ((x1 + x2) / 2, (y1 + y2) / 2))])[0].off is None, (
        "half of it is there"
    )
    assert differences(ours, []) == (missing,)


def test_the_worst_stands_first() -> None:
    ours = blank()
    theirs = []
    for line in ours.lines:
        points = flattened(line.path.curves)
        points.append(line.path.curves[-1].end)
        theirs.append(tuple((x, y + 0.02 * x) for x, y in points))
    off = [one.off or 99 for one in differences(ours, theirs)]
    assert off == sorted(off, reverse=True)
    assert off


def test_dashes_drawn_one_by_one_are_the_line_they_stand_for() -> None:
    ours = blank()
    ours = replace(ours, lines=tuple(line for line in ours.lines if line.kind == "crease"))

    def dashes(right: float) -> list[tuple[tuple[float, float], ...]]:
        found = []
        for line in ours.lines:
            (x1, y1), (x2, y2) = line.path.curves[0].start, line.path.curves[0].end
            count = 2 * round(max(abs(x2 - x1), abs(y2 - y1)) / 4) + 1
            for at in range(0, count, 2):
                ends = (at / count, (at + 1) / count)
                found.append(tuple((x1 + (x2 - x1) * e + right, y1 + (y2 - y1) * e) for e in ends))
        return found

    assert differences(ours, dashes(0)) == ()
    assert differences(ours, dashes(0.4))[-1].off == pytest.approx(0.4)
    assert differences(ours, dashes(0)[::7])[0].off is None, "these are no dashes of one line"


def overlay_of(ours: Dieline, *more: SuppliedLine, placement: Placement | None = None) -> Overlay:
    """Ours as a supplier's, and more lines."""
    lines = [
        SuppliedLine((*flattened(line.path.curves), line.path.curves[-1].end), line.kind.value)
        for line in ours.lines
        if line.kind in COMPARED
    ]
    return Overlay(SuppliedDieline("a", "SVG", "mm", (*lines, *more)), placement or Placement())


def test_what_theirs_has_and_ours_lacks_is_told_and_nothing_twice() -> None:
    ours = blank()
    front = ours.panel("front")
    x, y = front.x + 20, front.y + 20
    window = SuppliedLine(((x, y), (x + 10, y), (x + 10, y + 5), (x, y + 5), (x, y)), "Cut window")
    past = SuppliedLine(((front.x - 40, front.y), (front.x + front.width, front.y)), "Crease")
    assert compared(overlay_of(ours), ours).lacking == ()
    found = compared(overlay_of(ours, window), ours)
    assert not found.differences
    assert [(one.name, one.box) for one in found.lacking] == [("Cut window", (x, y, x + 10, y + 5))]
    assert found.lacking[0].points[0] == found.lacking[0].points[-1] == (x, y)
    moved = compared(overlay_of(ours, placement=Placement(right=0.3)), ours)
    assert moved.differences
    assert moved.lacking == (), "our own lines tell how far these are off"
    assert compared(overlay_of(ours, past), ours).lacking == (), "a line of ours runs there"


def test_a_dieline_that_is_drawn_from_inside_is_mirrored() -> None:
    ours = blank()
    inside = overlay_of(ours).dieline
    inside = replace(
        inside,
        lines=tuple(
            replace(line, points=tuple((y, x) for x, y in line.points)) for line in inside.lines
        ),  # mirrored, and turned by a quarter
    )
    assert compared(Overlay(inside), ours).differs
    found = compared(Overlay(inside, Placement(turns=3, mirrored=True)), ours)
    assert not found.differs


@pytest.mark.parametrize(("unit", "scale"), [("mm", 1.0), ("in", 25.4), ("cm", 10.0)])
def test_without_a_unit_it_is_taken_in_the_one_it_fits_in(unit: str, scale: float) -> None:
    ours = blank()
    drawn = overlay_of(ours).dieline
    unsaid = replace(drawn, unit="", lines=tuple(line.scaled(1 / scale) for line in drawn.lines))
    found = compared(Overlay(unsaid), ours)
    assert (found.differs, found.overlay.dieline.taken_as) == (False, unit)
    said = compared(Overlay(replace(unsaid, unit="mm")), ours)
    assert said.differs is (scale != 1), "what the file says is not doubted"
    other = compared(Overlay(replace(unsaid, lines=tuple(one.scaled(1.1) for one in unsaid.lines))), ours)
    assert other.overlay.dieline.taken_as == "mm"
