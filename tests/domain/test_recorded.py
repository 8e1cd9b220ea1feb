"""Blanks, folding and meshes are what they were when somebody looked at them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.recorded import assert_recorded

from packdesk.domain.dieline.build import blank_plates, shown_dieline
from packdesk.domain.dieline.drawn import panel_area
from packdesk.domain.dieline.fold import fold_plates, folded
from packdesk.domain.dieline.glued import bleeds_of
from packdesk.domain.dieline.outline import bounds, flattened
from packdesk.domain.dieline.plates import cut_outline
from packdesk.domain.dieline.printed import picture_points, printed_outline, printed_plates
from packdesk.domain.dieline.rolling import strip_matrix, strips
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType
from packdesk.domain.dieline.wrap import wrap_cuts, wrap_of, wrap_panels
from packdesk.domain.dimensions import PACKAGE_TYPES, Dimensions, PackageType
from packdesk.domain.geometry import package_meshes, parametric_meshes, unit_meshes
from packdesk.domain.panels import (
    PANEL_IDS,
    neighbours,
    panel_sizes,
    share_unstretched,
    stretch_of,
    volume,
)
from packdesk.domain.preflight import PictureFacts, preflight
from packdesk.domain.presets import PRESETS
from packdesk.domain.prices import BUILT_IN
from packdesk.domain.state import default_state, new_texture
from packdesk.domain.tube import tube_bands
from packdesk.domain.units import dpi_of, pixel_size, reached_dpi

BOXES = {
    "usual": Dimensions(width=100, height=150, depth=60),
    "low": Dimensions(width=330, height=120, depth=200),
    "deep": Dimensions(width=60, height=40, depth=210),
    "slim": Dimensions(width=31, height=250, depth=22),
}
TINS = {
    "usual": Dimensions(width=80, height=150, depth=80),
    "low": Dimensions(width=210, height=33, depth=210),
}
USUAL = DielineOptions()
OPTIONS = {
    "usual": USUAL,
    "thick": replace(USUAL, caliper=1.7, perforated=True),
    "wide": replace(USUAL, glue_flap=22.5, tuck=31, bleed=5, safe=7.5),
    "bare": replace(USUAL, bleed=0, safe=0, caliper=0),
}
BLANKS: list[tuple[str, PackageType, Dimensions, DielineOptions]] = [
    (f"{style} {size} {name}", "box", BOXES[size], replace(options, style=style))
    for style in (DielineStyle.STRAIGHT_TUCK, DielineStyle.REVERSE_TUCK, DielineStyle.CROSS)
    for size in BOXES
    for name, options in OPTIONS.items()
] + [
    (f"wrap {size} {name}", "cylinder", TINS[size], options)
    for size in TINS
    for name, options in OPTIONS.items()
]


@pytest.mark.parametrize(("name", "package_type", "size", "options"), BLANKS, ids=[one[0] for one in BLANKS])
def test_blanks(name: str, package_type: PackageType, size: Dimensions, options: DielineOptions) -> None:
    dieline = shown_dieline(package_type, size, options)
    assert_recorded(f"blank {name}", dieline)
    assert_recorded(f"folding {name}", [folded(dieline, share) for share in (0, 0.2, 0.45, 0.6, 0.85, 1)])
    assert_recorded(f"plates {name}", fold_plates(dieline))
    cuts = [line.path.curves for line in dieline.lines if line.kind is LineType.CUT]
    assert_recorded(f"cuts {name}", [(bounds(curves), flattened(curves)) for curves in cuts])
    points = np.array([(0.0, 0.0), (20.0, 35.0), (7.5, 3.0)])
    placed = [picture_points(panel, points) for panel in dieline.panels]
    assert_recorded(f"pictures {name}", placed)


@pytest.mark.parametrize("name", BOXES)
def test_plates_of_boxes(name: str) -> None:
    for options_name, options in OPTIONS.items():
        plates = blank_plates(BOXES[name], options)
        assert_recorded(f"blank plates {name} {options_name}", plates)
        printed = {plate.plate_id: plate for plate in printed_plates(plates)}
        bleeds = bleeds_of(plates, printed, 4.5)
        outlines = cut_outline(plates), printed_outline(tuple(printed.values()), bleeds)
        assert_recorded(f"outlines {name} {options_name}", outlines)


@pytest.mark.parametrize("name", TINS)
def test_wraps(name: str) -> None:
    for options_name, options in OPTIONS.items():
        wrap = wrap_of(TINS[name], options)
        assert_recorded(f"wrap {name} {options_name}", (wrap, wrap_cuts(wrap), wrap_panels(wrap)))
        found = strips(wrap)
        turned = [strip_matrix(wrap, strip, share, 0.7) for strip in found for share in (0, 0.3, 0.7, 1)]
        assert_recorded(f"strips {name} {options_name}", (found, turned))


@pytest.mark.parametrize("package_type", PACKAGE_TYPES)
def test_meshes(package_type: PackageType) -> None:
    assert_recorded(f"parametric {package_type}", parametric_meshes(package_type))
    assert_recorded(f"unit {package_type}", unit_meshes(package_type))
    for name, size in (BOXES if package_type == "box" else TINS).items():
        assert_recorded(f"mesh {package_type} {name}", package_meshes(package_type, size))
        for mesh in parametric_meshes(package_type):
            placed = mesh.positions(size, 2.5), mesh.normals, mesh.opens
            assert_recorded(f"rounded {package_type} {name} {mesh.panel_id}", placed)


def test_bands() -> None:
    assert_recorded("bands", tube_bands())


@pytest.mark.parametrize("package_type", PACKAGE_TYPES)
def test_sizes(package_type: PackageType) -> None:
    for name, size in (BOXES if package_type == "box" else TINS).items():
        sizes = panel_sizes(package_type, size)
        told = [
            (
                stretch_of(one, 640, 480),
                share_unstretched(one, 640, 480),
                pixel_size(one, 300),
                dpi_of(640, 480, one),
                reached_dpi(one, 1200),
            )
            for one in sizes.values()
        ]
        around = [neighbours(package_type, panel_id) for panel_id in PANEL_IDS[package_type]]
        named = sizes_of(package_type, size, DielineOptions(caliper=0.6))
        whole = (
            panel_area(shown_dieline(package_type, size, DielineOptions())),
            volume(package_type, size),
            named,
        )
        assert_recorded(f"sizes {package_type} {name}", (sizes, told, around, whole))


def test_presets() -> None:
    assert_recorded("presets", PRESETS)


def test_prices() -> None:
    assert_recorded("prices", BUILT_IN.model_dump(mode="json"))


@pytest.mark.parametrize("name", BOXES)
def test_what_preflight_finds(name: str) -> None:
    size = BOXES[name]
    state = default_state().model_copy(update={"package_dimensions": size})
    textures = {
        panel_id: new_texture(panel_id, f"file:///{panel_id}.png", "", one, "2026-01-01T00:00:00Z")
        for panel_id, one in panel_sizes("box", size).items()
    }
    facts = {
        "front": PictureFacts(900, 1350),
        "back": PictureFacts(300, 900),
        "left": PictureFacts(problem="It is gone."),
        "top": PictureFacts(4000, 4000),
    }
    for options_name, options in OPTIONS.items():
        found = preflight(state.model_copy(update={"panel_textures": textures}), facts, options)
        assert_recorded(f"preflight {name} {options_name}", found)
