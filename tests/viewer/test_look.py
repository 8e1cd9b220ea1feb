"""Finishes, light and backgrounds, judged by pixels that any correct picture has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from packdesk.assets import asset_path
from packdesk.domain.look import Finish, Lighting
from packdesk.viewer.scene import STUDIO_DARK, Scene, plain_backdrop

Picture = Callable[..., QImage]
Paint = Callable[..., QImage]
FACES = ("front", "back", "left", "right", "top", "bottom")


def pixels(image: QImage) -> npt.NDArray[np.int16]:
    """Rows of red, green, blue, alpha."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    shape = (image.height(), image.width(), 4)
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape).astype(np.int16)


def painted(scene: Scene, colour: str, paint: Paint) -> Scene:
    ids = FACES if scene.package_type == "box" else ("body", "top", "bottom")
    return replace(scene, textures=dict.fromkeys(ids, paint(colour)))


def on_the_front(image: QImage) -> npt.NDArray[np.int16]:
    """The middle of a 320 x 240 picture, well inside the package."""
    return pixels(image)[90:150, 140:180, :3]


@pytest.mark.parametrize("finish", [Finish.MATTE, Finish.GLOSS])
@pytest.mark.parametrize("grey", [0, 20, 128, 255])
def test_a_grey_is_what_the_file_says_in_flat_light(
    box: Scene, picture: Picture, paint_plain: Paint, grey: int, finish: Finish
) -> None:
    flat = replace(box, lighting=Lighting.FLAT, finish=finish)
    shown = painted(flat, QColor(grey, grey, grey).name(), paint_plain)
    for view in ("home", "front", "top", "bottom"):
        assert np.abs(on_the_front(picture(shown, view)) - grey).max() <= 1, view


def test_colours_too_are_what_the_file_says_in_flat_light(
    cylinder: Scene, picture: Picture, paint_plain: Paint
) -> None:
    shown = painted(replace(cylinder, lighting=Lighting.FLAT), "#c07830", paint_plain)
    assert np.abs(on_the_front(picture(shown, "front")) - (0xC0, 0x78, 0x30)).max() <= 1


def test_a_stop_is_twice_the_light(box: Scene, picture: Picture, paint_plain: Paint) -> None:
    flat = painted(replace(box, lighting=Lighting.FLAT), "#606060", paint_plain)
    levels = []
    for exposure in (-1.0, 0.0, 1.0):
        sRGB = np.median(on_the_front(picture(replace(flat, exposure=exposure), "front"))) / 255  # noqa: N806
        levels.append(((sRGB + 0.055) / 1.055) ** 2.4)
    assert levels[1] / levels[0] == pytest.approx(2, rel=0.06)
    assert levels[2] / levels[1] == pytest.approx(2, rel=0.06)


@pytest.mark.parametrize("lighting", [Lighting.SOFT, Lighting.SIDE, Lighting.EVEN])
def test_each_light_shows_a_white_package_light_and_shaped(
    box: Scene, picture: Picture, lighting: Lighting, paint_plain: Paint
) -> None:
    shown = painted(replace(box, lighting=lighting), "#ffffff", paint_plain)
    assert np.median(on_the_front(picture(shown, "front"))) > 200
    home = pixels(picture(shown, "home", transparent=True))
    left, right = (np.median(home[110:150, columns, :3]) for columns in (slice(140, 160), slice(210, 222)))
    assert left - right > 15, "front and side look the same"


def test_side_light_models_more_than_even_light(box: Scene, picture: Picture, paint_plain: Paint) -> None:
    contrast = {}
    for lighting in (Lighting.SIDE, Lighting.SOFT, Lighting.EVEN):
        shown = painted(replace(box, lighting=lighting), "#808080", paint_plain)
        home = pixels(picture(shown, "home", transparent=True))
        contrast[lighting] = np.median(home[110:150, 140:160, :3]) - np.median(home[110:150, 210:222, :3])
    assert contrast[Lighting.SIDE] > contrast[Lighting.SOFT] > contrast[Lighting.EVEN]


def test_gloss_mirrors_a_softbox_and_keeps_black_black(
    box: Scene, picture: Picture, paint_plain: Paint
) -> None:
    shown = painted(replace(box, finish=Finish.GLOSS), "#000000", paint_plain)
    seen = pixels(picture(shown, "home", (640, 480), transparent=True))
    face = seen[120:360, 240:360, :3].max(axis=2)
    assert np.percentile(face, 10) < 24, "the veil of the early study"
    assert face.max() > 60, "nothing is mirrored"
    matte = pixels(picture(replace(shown, finish=Finish.MATTE), "home", (640, 480), transparent=True))
    assert np.ptp(matte[120:360, 240:360, :3].max(axis=2)) < np.ptp(face)


def test_kraft_is_brown_and_ink_darkens_it(box: Scene, picture: Picture, paint_plain: Paint) -> None:
    kraft = replace(box, finish=Finish.KRAFT)
    bare = np.median(on_the_front(picture(kraft, "front")), axis=(0, 1))
    assert bare[0] > bare[1] + 20 > bare[2] + 40
    white, blue = (
        np.median(on_the_front(picture(painted(kraft, colour, paint_plain), "front")), axis=(0, 1))
        for colour in ("#ffffff", "#2040c0")
    )
    assert white[0] > white[2] + 30, "white ink is no ink: the board shows through"
    assert blue.sum() < 0.6 * white.sum()


def test_foil_has_more_contrast_than_paper(box: Scene, picture: Picture) -> None:
    spread = {
        finish: np.ptp(pixels(picture(replace(box, finish=finish), "home"))[60:180, 120:180, :3])
        for finish in (Finish.FOIL, Finish.GLOSS)
    }
    assert spread[Finish.FOIL] > 90
    assert spread[Finish.FOIL] > spread[Finish.GLOSS]


@pytest.mark.parametrize("finish", list(Finish))
def test_every_finish_is_opaque_and_shows_the_artwork(
    box: Scene, picture: Picture, paint_plain: Paint, finish: Finish
) -> None:
    shown = painted(replace(box, finish=finish), "#c01818", paint_plain)
    seen = pixels(picture(shown, "front", transparent=True))
    assert (seen[100:140, 140:180, 3] == 255).all()
    red, green, _ = np.median(seen[100:140, 140:180, :3], axis=(0, 1))
    assert red > green + 50


@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_no_panel_name_is_drawn_before_its_picture_came(
    request: pytest.FixtureRequest, picture: Picture, kind: str
) -> None:
    scene = request.getfixturevalue(kind)
    awaited = replace(scene, textures=dict.fromkeys(("front", "body"), QImage()))
    plain, named = (pixels(picture(one, "front"))[80:160, 130:190, :3] for one in (awaited, scene))
    assert np.ptp(plain) < np.ptp(named)


def test_a_plain_backdrop_has_its_colour_and_a_shadow(box: Scene, picture: Picture) -> None:
    seen = pixels(picture(replace(box, backdrop=plain_backdrop("#aabbcc")), "home"))[..., :3]
    for corner in (seen[0, 0], seen[0, -1], seen[-1, 0]):
        assert np.abs(corner - (0xAA, 0xBB, 0xCC)).max() <= 1
    assert (seen.sum(axis=2) < seen[0, 0].sum() - 60)[200:, :].any(), "it floats"


def test_the_floor_mirrors_the_package_but_not_on_transparency(
    box: Scene, picture: Picture, paint_plain: Paint
) -> None:
    dark = replace(box, backdrop=STUDIO_DARK)
    white, black = (
        pixels(picture(painted(dark, colour, paint_plain), "home")) for colour in ("#ffffff", "#000000")
    )
    foot = np.abs(white - black)[196:206, 140:152].max()
    assert foot > 12, "white and black packages leave the same floor"
    clear = [
        pixels(picture(painted(box, colour, paint_plain), "home", transparent=True))
        for colour in ("#ffffff", "#000000")
    ]
    outside = (clear[0][..., 3] < 250) & (clear[1][..., 3] < 250)
    assert np.abs(clear[0] - clear[1])[..., 3].max() == 0
    assert np.median(np.abs(clear[0] - clear[1])[outside]) == 0


@pytest.mark.parametrize("lighting", [Lighting.SOFT, Lighting.SIDE])
def test_no_shadow_is_cut_by_the_border_of_a_transparent_picture(
    box: Scene, picture: Picture, lighting: Lighting
) -> None:
    alpha = pixels(picture(replace(box, lighting=lighting), "home", (200, 200), transparent=True))[..., 3]
    assert max(alpha[0].max(), alpha[-1].max(), alpha[:, 0].max(), alpha[:, -1].max()) <= 1
    assert alpha[:, 180:190].max() > 20, "there is no shadow that could be cut"


def test_paper_has_a_grain_and_flat_light_has_none(box: Scene, picture: Picture, paint_plain: Paint) -> None:
    shown = painted(box, "#b0b0b0", paint_plain)
    lit = pixels(picture(shown, "front", (1200, 900)))[400:500, 560:640, 0]
    flat = pixels(picture(replace(shown, lighting=Lighting.FLAT), "front", (1200, 900)))[400:500, 560:640, 0]
    assert 0.5 < lit.std() < 6
    assert flat.std() < 0.6


def test_the_grain_is_even_and_repeats_without_a_seam() -> None:
    with Image.open(asset_path("textures", "grain.png")) as opened:
        grain = np.asarray(opened.convert("RGB"), dtype=float)[..., :2]
    assert grain.mean(axis=(0, 1)) == pytest.approx([128, 128], abs=1)
    for axis in (0, 1):
        steps = np.abs(np.diff(grain, axis=axis)).mean()
        seam = np.abs(np.take(grain, 0, axis) - np.take(grain, -1, axis)).mean()
        assert seam == pytest.approx(steps, rel=0.25)
