from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from subprocess import CompletedProcess

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QImage
from support.drawing import render_image

from packdesk.domain.dimensions import PackageType
from packdesk.errors import InvalidInputError
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.scene import STUDIO_DARK, Scene

Picture = Callable[..., QImage]
ColourName = Callable[[QImage, float, float], str]
Quadrants = Callable[[PackageType], dict[str, QImage]]
Run = Callable[..., CompletedProcess[str]]


_FACES = ("front", "back", "left", "right", "top", "bottom")
_NEXT = dict(zip(_FACES, (*_FACES[1:], "front"), strict=True))


def pixels(image: QImage) -> npt.NDArray[np.int16]:
    """Rows of red, green, blue, alpha."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    shape = (image.height(), image.width(), 4)
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape).astype(np.int16)


def opaque_bounds(image: QImage) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the package on a transparent picture; shadows are never opaque."""
    rows, columns = np.nonzero(pixels(image)[..., 3] > 250)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


@pytest.mark.parametrize("view", ["front", "back", "left", "right", "top", "bottom"])
def test_pictures_are_upright_on_every_side_of_a_box(
    box: Scene, view: str, picture: Picture, all_quadrants: Quadrants, colour_name: ColourName
) -> None:
    image = picture(replace(box, textures=all_quadrants("box")), view, transparent=True)
    left, top, right, bottom = opaque_bounds(image)
    xs = (left + 0.2 * (right - left), left + 0.8 * (right - left))
    ys = (top + 0.2 * (bottom - top), top + 0.8 * (bottom - top))
    assert [colour_name(image, x, y) for y in ys for x in xs] == ["red", "green", "blue", "yellow"]


@pytest.mark.parametrize("view", ["front", "top", "bottom"])
def test_pictures_are_upright_on_every_side_of_a_cylinder(
    cylinder: Scene, view: str, picture: Picture, all_quadrants: Quadrants, colour_name: ColourName
) -> None:
    image = picture(replace(cylinder, textures=all_quadrants("cylinder")), view, transparent=True)
    left, top, right, bottom = opaque_bounds(image)
    xs = (left + 0.35 * (right - left), left + 0.65 * (right - left))
    ys = (top + 0.35 * (bottom - top), top + 0.65 * (bottom - top))
    assert [colour_name(image, x, y) for y in ys for x in xs] == ["red", "green", "blue", "yellow"]


@pytest.mark.parametrize("panel_id", ["front", "back", "left", "right", "top", "bottom"])
def test_each_panel_shows_its_own_picture(
    box: Scene, panel_id: str, picture: Picture, paint_plain: Callable[..., QImage]
) -> None:
    shown = replace(box, textures={panel_id: paint_plain("#c01818")})
    own, other = (picture(shown, view).pixelColor(160, 110) for view in (panel_id, _NEXT[panel_id]))
    assert own.red() > own.green() + 90
    assert abs(other.red() - other.green()) < 20, "another panel shows it too"


_OPPOSITE = {
    "front": "back",
    "back": "left",
    "left": "right",
    "right": "top",
    "top": "bottom",
    "bottom": "front",
}


@pytest.mark.parametrize("view", ["front", "home", "top", "bottom"])
def test_colours_are_neither_washed_out_nor_dull(
    box: Scene, view: str, picture: Picture, paint_plain: Callable[..., QImage]
) -> None:
    place = (160, 130)  # on the panel each view faces
    white, black, red = (
        picture(replace(box, textures=dict.fromkeys(_FACES, paint_plain(colour))), view).pixelColor(*place)
        for colour in ("#ffffff", "#000000", "#d02020")
    )
    assert min(white.red(), white.green(), white.blue()) >= 228
    assert max(black.red(), black.green(), black.blue()) <= 16
    assert red.red() >= 185
    assert max(red.green(), red.blue()) <= 45


def test_plain_board_is_light_and_carries_a_faint_name(box: Scene, picture: Picture) -> None:
    seen = pixels(picture(box, "front", (640, 480)))[140:340, 220:420, :3]
    assert np.median(seen, axis=(0, 1)).min() > 215, "the board is not light"
    darkest = seen.sum(axis=2).min() / 3
    assert 120 < darkest < 200, "the name is missing or shouts"
    assert (seen.sum(axis=2) < 3 * 205).mean() < 0.15


def test_outlines_stand_just_inside_the_panel(box: Scene, picture: Picture) -> None:
    plain, selected, hovered = (
        pixels(picture(scene, "front", (640, 480)))
        for scene in (box, replace(box, selected="front"), replace(box, hovered="front"))
    )
    changed = np.abs(selected - plain).max(axis=2) > 40
    assert 1500 < changed.sum() < 8000
    rows, columns = np.nonzero(changed)
    middle = (columns.min() + columns.max()) // 2
    assert 3 <= changed[:, middle].sum() <= 14, "not a thin line"
    assert not changed[200:280, middle - 60 : middle + 60].any()
    faint = np.abs(hovered - plain).max(axis=2) > 40
    assert 0 < faint.sum() < 0.7 * changed.sum()
    accent = selected[(rows.min() + 1), middle]
    assert accent[2] > accent[0] + 80, "the outline has not the accent colour"


def test_only_the_selected_panel_is_outlined(cylinder: Scene, picture: Picture) -> None:
    plain, selected = (pixels(picture(scene)) for scene in (cylinder, replace(cylinder, selected="bottom")))
    assert np.abs(selected - plain).max() <= 1, "the bottom is not visible from here"


def test_shadows_darken_the_floor_beside_the_package(box: Scene, picture: Picture) -> None:
    alpha = pixels(picture(box, "home", (640, 480), transparent=True))[..., 3]
    right, bottom = opaque_bounds(picture(box, "home", (640, 480), transparent=True))[2:]
    assert alpha[bottom - 60 : bottom, right + 6 : right + 60].max() > 40
    assert 0 < alpha[bottom + 3 : bottom + 6].max() < 250
    assert alpha[:20].max() == 0


@pytest.mark.parametrize("view", ["home", "top"])
def test_transparent_pictures_have_clear_corners(box: Scene, view: str, picture: Picture) -> None:
    image = picture(box, view, transparent=True)
    alpha = pixels(image)[..., 3]
    assert image.hasAlphaChannel()
    assert alpha[120, 160] == 255
    assert alpha[0, 0] == alpha[-1, 0] == 0
    assert len(np.unique(alpha)) > 30, "shadow and edges are not soft"


def test_backdrop_none_is_transparent_too(box: Scene, picture: Picture) -> None:
    assert pixels(picture(replace(box, backdrop=None)))[0, 0, 3] == 0


def test_backdrops_glow_in_the_middle(box: Scene, picture: Picture) -> None:
    light, dark = (pixels(picture(scene)) for scene in (box, replace(box, backdrop=STUDIO_DARK)))
    assert light[0, 0, :3].min() > 150
    assert dark[0, 0, :3].max() < 60
    for image in (light, dark):
        assert image[100, 60, :3].sum() > image[0, 0, :3].sum() + 20
        assert image[..., 3].min() == 255


@pytest.mark.parametrize("size", [(1, 1), (333, 97), (97, 333), (2600, 40)])
def test_pictures_have_the_size_asked_for(box: Scene, size: tuple[int, int], picture: Picture) -> None:
    image = picture(box, "home", size)
    assert (image.width(), image.height()) == size
    assert pixels(image)[..., :3].min() > 30, "part of the picture was never drawn"


@pytest.mark.parametrize("size", [(0, 10), (10, 8193), (-1, 10)])
def test_impossible_sizes_are_refused_in_words(box: Scene, size: tuple[int, int]) -> None:
    with pytest.raises(InvalidInputError, match="cannot be made"):
        render_image(box, Camera(), *size)


def test_tiles_join_without_a_seam(box: Scene, all_quadrants: Quadrants) -> None:
    scene = replace(box, textures=all_quadrants("box"), selected="front")
    camera = fit(Camera(), "box", box.dimensions, 500 / 380)
    whole, tiled = (pixels(render_image(scene, camera, 500, 380, tile=tile)) for tile in (2048, 150))
    difference = np.abs(whole - tiled).max(axis=2)
    assert (difference > 8).mean() < 0.004, "more than rounding at edges"
    assert np.median(difference) <= 1


def test_largest_picture_is_drawn_to_its_far_corner(box: Scene, picture: Picture) -> None:
    image = picture(box, "home", (8192, 16))
    assert image.width() == 8192
    assert image.pixelColor(8191, 15).lightness() > 100


_HASH_SCRIPT = """
import hashlib
from PySide6.QtGui import QGuiApplication
from packdesk.domain.dimensions import Dimensions
from packdesk.viewer.camera import Camera
from packdesk.viewer.render import opened_renderer
from packdesk.viewer.scene import Scene
application = QGuiApplication([])
scene = Scene("box", Dimensions(width=110, height=150, depth=70))
with opened_renderer(scene, 200, 150) as renderer:
    image = renderer.draw(Camera())
print(hashlib.sha256(bytes(image.constBits())).hexdigest())
"""


def test_two_processes_draw_identical_pixels(box: Scene, run_python: Run) -> None:
    results = [run_python(_HASH_SCRIPT) for _ in range(2)]
    assert [result.returncode for result in results] == [0, 0], results[0].stderr
    here = render_image(box, Camera(), 200, 150)
    assert len(set(pixels(here).ravel().tolist())) > 20, "nothing was drawn"
    expected = hashlib.sha256(bytes(here.constBits())).hexdigest()
    assert [result.stdout.strip() for result in results] == [expected, expected]


_OFFSCREEN_SCRIPT = """
import sys
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
from packdesk.domain.dimensions import Dimensions
from packdesk.errors import DisplayError
from packdesk.viewer.camera import Camera
from packdesk.viewer.render import opened_renderer
from packdesk.viewer.scene import Scene
from packdesk.viewer.setup import prepare_opengl
from packdesk.viewer.view import PackageView
scene = Scene("box", Dimensions(width=110, height=150, depth=70))
try:
    with opened_renderer(scene, 40, 30) as renderer:
        renderer.draw(Camera())
except DisplayError as error:
    print("NO APPLICATION:", error.full_text())
prepare_opengl()
application = QApplication([])
try:
    with opened_renderer(scene, 40, 30) as renderer:
        renderer.draw(Camera())
except DisplayError as error:
    print("RENDER:", error.full_text())
view = PackageView()
view.set_scene(scene)
view.draw_failed.connect(lambda text: print("VIEW:", text))
view.show()
QTest.qWait(200)
view.close()
"""


def test_without_opengl_there_is_a_sentence_and_a_remedy(run_python: Run) -> None:
    result = run_python(_OFFSCREEN_SCRIPT, QT_QPA_PLATFORM="offscreen", DISPLAY="")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["NO APPLICATION", "RENDER", "VIEW"], result.stdout
    assert "before the program has started" in lines[0]
    assert "OpenGL" in lines[1]
    assert "xvfb-run" in lines[1] or "driver" in lines[1]
    assert "OpenGL" in lines[2]
