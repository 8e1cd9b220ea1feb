"""Mended edges: the mesh's edges by arithmetic, and pictures against many samples a pixel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.geometry import edge_radius
from packdesk.domain.look import Lighting
from packdesk.domain.panels import PANEL_IDS
from packdesk.viewer.camera import Camera
from packdesk.viewer.edges import edge_strips, package_edges
from packdesk.viewer.frame import RenderFrame, Tile
from packdesk.viewer.framing import fit
from packdesk.viewer.render import render_tile
from packdesk.viewer.renderer import Renderer
from packdesk.viewer.scene import STUDIO_DARK, Scene
from packdesk.viewer.setup import offscreen_context

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

WIDTH, HEIGHT, FINER = 300, 220, 6
SIZES = {
    "box": Dimensions(width=110, height=150, depth=70),
    "cylinder": Dimensions(width=80, height=150, depth=80),
}
COLOURS = ("#c01818", "#18a030", "#1838c0", "#d8c018", "#f4f4f4", "#101010")
kinds = pytest.mark.parametrize("kind", list(SIZES))


@kinds
def test_a_mesh_is_closed(kind: PackageType) -> None:
    edges = package_edges(kind)
    assert len(edges.corners) - len(edges.ends) + len(edges.triangles) == 2  # Euler
    assert set(np.bincount(edges.sides.ravel())) == {3}


def test_a_box_has_a_crease_for_each_of_its_edges() -> None:
    edges = package_edges("box")
    corners = edges.corners[edges.ends[edges.creases]]
    lines = {tuple(sorted(map(tuple, pair))) for pair in corners.tolist() if pair[0] != pair[1]}
    assert len(lines) == 12


@given(azimuth=st.floats(-180, 180), elevation=st.floats(-89, 89))
@kinds
def test_outlines_are_closed(kind: PackageType, azimuth: float, elevation: float) -> None:
    edges = package_edges(kind)
    places = edges.positions(SIZES[kind], edge_radius(SIZES[kind]))
    camera = fit(Camera(azimuth=azimuth, elevation=elevation), kind, SIZES[kind], WIDTH / HEIGHT)
    frame = RenderFrame.of_tile(camera, WIDTH, HEIGHT, Tile(0, 0, WIDTH, HEIGHT))
    strips = edge_strips(edges, places, frame)
    assert np.isfinite(strips).all()
    assert (strips[:, 2] < 1).all()
    if len(strips):
        outline = replace(edges, creases=np.zeros_like(edges.creases))
        lines = edge_strips(outline, places, frame)[::6, 3:].reshape(-1, 2).round(6)
        assert (np.unique(lines, axis=0, return_counts=True)[1] % 2 == 0).all()


def test_nothing_is_mended_from_within() -> None:
    edges = package_edges("box")
    places = edges.positions(SIZES["box"], 2.0)
    inside = Camera(centre=(0, 0, 75), distance=1.0)
    frame = RenderFrame.of_tile(inside, WIDTH, HEIGHT, Tile(0, 0, WIDTH, HEIGHT))
    assert len(edge_strips(edges, places, frame)) == 0


def drawn(
    scene: Scene, camera: Camera, finer: int, *, mended: bool = False, samples: int = 0
) -> npt.NDArray[np.float64]:
    """Rows of red, green, blue; of a picture that many times as large, then averaged."""
    width, height = WIDTH * finer, HEIGHT * finer
    frame = replace(
        RenderFrame.of_tile(camera, width, height, Tile(0, 0, width, height)), smooth_edges=mended
    )
    frame = replace(frame, smooth_edges=mended)
    renderer = Renderer(for_file=True)
    with offscreen_context():
        image: QImage = render_tile(renderer, scene, frame, samples)
        renderer.release()
    image = image.convertToFormat(image.Format.Format_RGBX8888)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4)[..., :3]
    if finer == 1:
        return pixels.astype(float)
    return np.asarray(Image.fromarray(pixels).resize((WIDTH, HEIGHT), Image.Resampling.BOX), dtype=float)


@pytest.mark.parametrize("view", [(35, 20), (-50, 8), (200, 60), (10, -25)])
@kinds
def test_mended_edges_are_nearly_those_of_36_samples_a_pixel(
    kind: PackageType, view: tuple[float, float], paint_plain: Callable[..., QImage]
) -> None:
    textures = {panel: paint_plain(colour) for panel, colour in zip(PANEL_IDS[kind], COLOURS, strict=False)}
    scene = Scene(kind, SIZES[kind], textures, lighting=Lighting.FLAT)
    camera = fit(Camera(azimuth=view[0], elevation=view[1]), kind, SIZES[kind], WIDTH / HEIGHT)
    truth = drawn(scene, camera, FINER)
    rough, mended = drawn(scene, camera, 1), drawn(scene, camera, 1, mended=True)
    sampled = drawn(scene, camera, 1, samples=4)
    edges = np.abs(rough - truth).max(axis=2) > 12
    assert edges.sum() > 150
    errors = [np.abs(picture - truth)[edges].mean() for picture in (rough, sampled, mended)]
    assert errors[2] < 0.35 * errors[0]
    assert errors[2] < errors[1], "4 samples a pixel are better"
    spoilt = np.abs(mended - truth)[~edges].max(axis=1) > 30
    # Pixels with two edges, and a round edge's far side: strips are too near to the eye to be hidden by it.
    assert spoilt.sum() < 0.08 * edges.sum(), "something beside the edges changed"


def test_thin_lines_along_edges_do_not_break_up_into_dashes(qapp: QApplication) -> None:
    """Where a flap begins there is a gap, often thinner than a pixel: it pales, but none of it stands out."""
    camera = fit(Camera(), "box", SIZES["box"], WIDTH / HEIGHT)
    scene = Scene("box", SIZES["box"])
    darker = drawn(scene, camera, FINER) - drawn(scene, camera, 1, mended=True)
    assert np.sort(darker.max(axis=2).ravel())[-20] < 28


def test_no_pixel_sticks_out_of_an_outline(qapp: QApplication) -> None:
    """Where a rounded edge is thinner than a pixel its outline and its crease meet in one."""
    seen = Camera(azimuth=-62, elevation=17)
    camera = fit(seen, "box", SIZES["box"], WIDTH / HEIGHT)
    scene = Scene("box", SIZES["box"], backdrop=STUDIO_DARK)
    brighter = (drawn(scene, camera, 1, mended=True) - drawn(scene, camera, FINER)).max(axis=2)
    assert brighter[30:170, : WIDTH // 2].max() < 60
