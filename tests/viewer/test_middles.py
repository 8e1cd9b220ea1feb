"""Without a graphics card the flat middles of a box's panels are drawn apart, and nobody sees it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from packdesk.domain.geometry import edge_radius, parametric_meshes
from packdesk.domain.look import Finish, Lighting
from packdesk.domain.panels import PANEL_IDS
from packdesk.viewer import gl, pack
from packdesk.viewer.camera import Camera
from packdesk.viewer.frame import RenderFrame, Tile
from packdesk.viewer.framing import fit
from packdesk.viewer.render import render_tile
from packdesk.viewer.renderer import Renderer
from packdesk.viewer.resources import vertices_of, with_rim
from packdesk.viewer.setup import offscreen_context

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from packdesk.viewer.scene import Scene

WIDTH, HEIGHT = 480, 360
VIEWS = ((-60, 20), (-40, 45), (-75, 4), (-60, -30))


def raised() -> QImage:
    """A square of foil, one of varnish, and one that stands out of the board."""
    image = QImage(64, 64, QImage.Format.Format_RGBA8888)
    image.fill(QColor(0, 0, 0, 127))
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for place, colour in enumerate((QColor(255, 0, 0, 127), QColor(0, 255, 0, 127), QColor(0, 0, 255, 127))):
        painter.fillRect(6 + 32 * (place % 2), 6 + 32 * (place // 2), 20, 20, colour)
    painter.end()
    return image


def seen(scene: Scene, cameras: list[Camera]) -> list[npt.NDArray[np.int16]]:
    """Rows of red, green, blue, as a view shows them at rest."""
    renderer = Renderer()
    pictures = []
    with offscreen_context() as context:
        if not gl.is_software(context):
            pytest.skip("a graphics card draws panels as one")
        for camera in [cameras[0]] * 2 * len(scene.textures) + cameras:  # artwork arrives one a frame
            frame = RenderFrame.of_tile(camera, WIDTH, HEIGHT, Tile(0, 0, WIDTH, HEIGHT))
            image = render_tile(renderer, scene, frame, 0).convertToFormat(QImage.Format.Format_RGBX8888)
            pixels = np.frombuffer(image.constBits(), np.uint8).reshape(HEIGHT, WIDTH, 4)
            pictures.append(pixels[..., :3].astype(np.int16))
        renderer.release()
    return pictures[-len(cameras) :]


@pytest.mark.parametrize("finish", [*Finish, "areas", "selected"])
def test_a_panel_in_two_parts_looks_as_one(
    box: Scene,
    finish: str,
    all_quadrants: Callable[[str], dict[str, QImage]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene = replace(box, textures=all_quadrants("box"), lighting=Lighting.SIDE)
    if finish == "areas":
        scene = replace(scene, areas=dict.fromkeys(PANEL_IDS["box"], raised()))
    elif finish == "selected":
        scene = replace(scene, selected="front", hovered="right")
    else:
        scene = replace(scene, finish=Finish(finish))
    cameras = [fit(Camera(azimuth=a, elevation=e), "box", box.dimensions, WIDTH / HEIGHT) for a, e in VIEWS]
    apart = seen(scene, cameras)
    monkeypatch.setattr(pack, "_rims", lambda *_: {})
    for one, other in zip(apart, seen(scene, cameras), strict=True):
        differences = np.abs(one - other).max(axis=2)
        # Beside the border artwork may be a little softer, as it is read there as if seen at an angle.
        assert (differences > 3).mean() < 0.002
        assert differences.mean() < 0.05


def test_a_rim_and_a_middle_are_all_of_a_panel() -> None:
    radius, rim, size = 2.0, 5.0, np.array((110, 70, 150))
    for mesh in parametric_meshes("box"):
        parts = with_rim(vertices_of(mesh))
        assert len(parts) == len(mesh.corners) + 4 * 6
        middle, outwards = parts[-6:], parts[-1, 6:9]
        assert (middle[:, 6:9] == outwards).all()
        assert (middle[:, -1] == 1).all()
        border = radius + parts[:, -1:] * (rim - radius)
        corners = (parts[:, :3] * size + parts[:, 3:6] * border).reshape(-1, 3, 3)
        towards = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) @ outwards
        assert (towards > -1e-9).all(), "a triangle lies on its face"
        assert towards.sum() / 2 == pytest.approx(np.prod(size[outwards == 0]), rel=0.03), "a hole, or twice"


def test_a_rim_is_wider_where_pixels_are_coarse(box: Scene) -> None:
    near = fit(Camera(azimuth=-60, elevation=20), "box", box.dimensions, WIDTH / HEIGHT)

    def rim(camera: Camera) -> float:
        frame = RenderFrame.of_tile(camera, WIDTH, HEIGHT, Tile(0, 0, WIDTH, HEIGHT))
        return pack.middle_rim("front", box.dimensions, frame, 2.0)

    far = replace(near, distance=8 * near.distance)
    assert edge_radius(box.dimensions) <= rim(near) < rim(far) / 4
    assert rim(replace(near, distance=1.0, centre=(0, 0, 75))) == np.inf
