"""What other people's programs measure in the files."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from support.flat import disc_sheet, strip_sheet
from support.measuring import Layers, box_of, read_dxf, read_pdf, read_svg, width_between

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import panel_sizes
from packdesk.export.flat.dxf import write_dxf
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import Sheet
from packdesk.export.flat.svg import write_svg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HUNDREDTH = 0.01
FORMATS = {
    "svg": (write_svg, read_svg),
    "pdf": (write_pdf, read_pdf),
    "dxf": (write_dxf, read_dxf),
}
BOX = Dimensions(width=101.3, height=152.7, depth=63.1)
TUBE = Dimensions(width=81.7, height=140.2, depth=81.7)


def box_sheet(style: DielineStyle) -> Sheet:
    options = DielineOptions(style=style, bleed=2.5, perforated=True)
    return Sheet(make_dieline("box", BOX, options))


SHEETS: dict[str, Callable[[], Sheet]] = {
    "straight": lambda: box_sheet(DielineStyle.STRAIGHT_TUCK),
    "reverse": lambda: box_sheet(DielineStyle.REVERSE_TUCK),
    "cross": lambda: box_sheet(DielineStyle.CROSS),
    "wrap": lambda: Sheet(make_dieline("cylinder", TUBE, DielineOptions(bleed=4))),
}


@pytest.fixture(params=SHEETS)
def sheet(request: pytest.FixtureRequest) -> Sheet:
    return SHEETS[request.param]()


@pytest.fixture(params=FORMATS)
def measured(request: pytest.FixtureRequest, sheet: Sheet, tmp_path: Path) -> Layers:
    return written(request.param, sheet, tmp_path)


def written(kind: str, sheet: Sheet, folder: Path) -> Layers:
    write, read = FORMATS[kind]
    write(sheet, folder / f"sheet.{kind}")
    return read(folder / f"sheet.{kind}", sheet)


def test_every_panel_has_its_size(sheet: Sheet, measured: Layers) -> None:
    lines = measured["cut"] + measured.get("crease", [])
    sizes = panel_sizes(sheet.dieline.package_type, sheet.dieline.dimensions)
    for panel in sheet.dieline.panels:
        width, height = width_between(lines, panel.centre)
        if panel.panel_id == "body":
            width -= sheet.dieline.options.glue  # no line stands where the overlap begins
        if panel.rotation in {90, 270}:
            width, height = height, width
        assert width == pytest.approx(sizes[panel.panel_id].width, abs=HUNDREDTH), panel.panel_id
        assert height == pytest.approx(sizes[panel.panel_id].height, abs=HUNDREDTH), panel.panel_id


def test_every_cut_contour_is_closed(sheet: Sheet, measured: Layers) -> None:
    assert len(measured["cut"]) == len(sheet.dieline.of_kind(LineType.CUT))
    for line in measured["cut"]:
        assert math.dist(line[0], line[-1]) < 1e-6
    assert box_of(measured["cut"]) == pytest.approx(
        (0, 0, sheet.dieline.width, sheet.dieline.height), abs=HUNDREDTH
    )


def test_bleed_is_as_asked_around_what_is_printed(sheet: Sheet, measured: Layers) -> None:
    bleed = sheet.dieline.options.bleed
    corners = [
        (panel.x + across * panel.sheet_size[0], panel.y + down * panel.sheet_size[1])
        for panel in sheet.dieline.panels
        for across in (0, 1)
        for down in (0, 1)
    ]
    left, top, right, bottom = box_of([corners])
    found = box_of(measured["bleed"])
    wanted = (left - bleed, top - bleed, right + bleed, bottom + bleed)
    if sheet.dieline.package_type == "cylinder":
        assert found[1:] == pytest.approx(wanted[1:], abs=HUNDREDTH)  # the overlap limits it on the left
        assert 0 < left - found[0] <= bleed + HUNDREDTH
    else:
        assert found == pytest.approx(wanted, abs=HUNDREDTH)


def test_every_line_type_has_its_layer(sheet: Sheet, measured: Layers) -> None:
    there = {line.kind.value for line in sheet.dieline.lines} | {"dimension"}
    assert {name for name, lines in measured.items() if lines} == there


@pytest.mark.parametrize("kind", FORMATS)
def test_arcs_stay_round(kind: str, tmp_path: Path) -> None:
    (circle,) = written(kind, disc_sheet(400), tmp_path)["cut"]
    assert all(math.dist(point, (200, 200)) == pytest.approx(200, abs=0.002) for point in circle)
    cut = written(kind, strip_sheet(pictures=False), tmp_path)["cut"][0]
    corner = [math.dist(point, (110, 5)) for point in cut if point[0] > 110.001 and point[1] < 4.999]
    assert len(corner) > 5
    assert corner == pytest.approx([5] * len(corner), abs=HUNDREDTH)
