"""Pictures cut to panels."""

from __future__ import annotations

import hashlib
import io
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from packdesk.domain.panels import FlatSize
from packdesk.domain.units import pixel_size
from packdesk.generation.gemini.plan import generated_size, plan_picture
from packdesk.textures.check import CleanPicture
from packdesk.textures.fitting import (
    LEAST_FADE,
    MOST_CROPPED,
    Crop,
    crop_to_fill,
    crop_to_show,
    fit_picture,
    has_shape_of,
)

if TYPE_CHECKING:
    from packdesk.textures.notes import Fit

Pixels = npt.NDArray[np.uint8]

BODY = FlatSize(width=314.16, height=150)
sides = st.floats(10, 2000)
panels = st.builds(lambda width, height: FlatSize(width=width, height=height), sides, sides)
pixels_a_side = st.integers(16, 300)


def png_of(pixels: Pixels) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def pixels_of(picture: CleanPicture) -> Pixels:
    with Image.open(io.BytesIO(picture.png)) as opened:
        pixels: Pixels = np.asarray(opened)
    return pixels


def whole_numbers(values: npt.NDArray[np.floating[Any]]) -> Pixels:
    return np.asarray(np.rint(values), dtype=np.uint8)


def ramp(width: int, height: int) -> Pixels:
    """Red grows from left to right, green from top to bottom, both from 0 to 255."""
    red, green = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return whole_numbers(np.stack([red, green, np.zeros_like(red)], axis=2))


def waves(width: int, height: int) -> Pixels:
    """Smooth art whose left and right edges do not meet."""
    row, column = np.mgrid[0:height, 0:width]
    red = 128 + 90 * np.sin(column / 140) * np.cos(row / 90)
    green = 128 + 90 * np.sin(column / 60 + row / 80)
    return whole_numbers(np.stack([red, green, 60 + 120 * column / width], axis=2))


def closed_waves(width: int, height: int) -> Pixels:
    """Smooth art that goes on from the right edge to the left."""
    row, column = np.mgrid[0:height, 0:width]
    grey = 128 + 100 * np.sin(column / width * 2 * math.pi * 5 + row / 30)
    return np.repeat(np.rint(grey).astype(np.uint8)[:, :, None], 3, axis=2)


def dot(width: int, height: int) -> Pixels:
    """A black circle in the middle of white."""
    row, column = np.mgrid[0:height, 0:width] + 0.5
    radius = 0.3 * min(width, height)
    inside = np.hypot(column - width / 2, row - height / 2) < radius
    return np.repeat(np.where(inside, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)


def dot_size(pixels: Pixels) -> tuple[int, int]:
    """Width and height of the black around the middle row and column, up to the first white."""
    dark = pixels[:, :, 0] < 128
    middle = dark.shape[0] // 2, dark.shape[1] // 2

    def run(line: npt.NDArray[np.bool_], start: int) -> int:
        after, before = line[start:], line[:start][::-1]
        return sum(int(np.argmin(part)) if not part.all() else len(part) for part in (after, before))

    return run(dark[middle[0]], middle[1]), run(dark[:, middle[1]], middle[0])


def seam_step(pixels: Pixels) -> float:
    return float(np.abs(pixels[:, 0].astype(int) - pixels[:, -1]).mean())


def inner_step(pixels: Pixels) -> float:
    return float(np.abs(np.diff(pixels.astype(int), axis=1)).mean())


@settings(max_examples=60)
@given(panels, pixels_a_side, pixels_a_side, st.sampled_from([20, 72, 300]), st.booleans())
@example(FlatSize(width=10, height=2000), 300, 16, 300, False)
@example(FlatSize(width=70, height=66), 17, 17, 20, False)  # as far from the shape as rounding goes
@example(FlatSize(width=2000, height=10), 16, 300, 300, True)
@example(FlatSize(width=6283.2, height=10), 40, 40, 300, True)  # less than 16 pixels high
def test_every_picture_gets_the_panels_shape(
    size: FlatSize, width: int, height: int, dpi: float, wraps: bool
) -> None:
    fitted = fit_picture(png_of(ramp(width, height)), size, dpi=dpi, wraps=wraps)
    picture = fitted.picture
    assert pixels_of(picture).shape == (picture.height, picture.width, 3)
    assert picture.sha256 == hashlib.sha256(picture.png).hexdigest()
    assert max(picture.width, picture.height) <= 4096
    assert fitted.dpi > 0
    if min(picture.width, picture.height) > 16:
        shape = size.width / size.height
        rounded = 0.5 + 0.5 * shape  # half a pixel on each side
        assert abs(picture.width - picture.height * shape) <= rounded + 1e-6
    if min(picture.width, picture.height) > 16 and (picture.width, picture.height) != (width, height):
        reached = min(dpi, fitted.dpi)  # never enlarged
        assert picture.width <= size.width / 25.4 * reached + 0.51
        assert picture.height <= size.height / 25.4 * reached + 0.51


@settings(max_examples=60)
@given(
    st.floats(0.15, 6),
    st.integers(120, 400),
    st.integers(120, 400),
    st.sampled_from([25.4, 60, 300]),
    st.booleans(),
)
@example(3.0, 300, 300, 300, False)
@example(1.5, 301, 200, 25.4, False)
@example(1.9, 400, 200, 300, True)
def test_a_circle_stays_round(shape: float, width: int, height: int, dpi: float, wraps: bool) -> None:
    size = FlatSize(width=100 * math.sqrt(shape), height=100 / math.sqrt(shape))
    fitted = fit_picture(png_of(dot(width, height)), size, dpi=dpi, wraps=wraps)
    wide, high = dot_size(pixels_of(fitted.picture))
    shown = fitted.picture.width, fitted.picture.height
    assume(wide < shown[0] - 2 and high < shown[1] - 2)  # the crop leaves all of it
    assert abs(wide - high) <= 2
    scale = min(1, shown[0] / (size.width / 25.4) / fitted.dpi)
    assert wide == pytest.approx(0.6 * min(width, height) * scale, abs=3)


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [
        (200, 100, (0.5 + 0.5 * 0.5, 1)),  # half too wide: half of that is cropped, the rest is mirrored
        (120, 100, (1 / 1.2, 1)),
        (100, 120, (1, 1 / 1.2)),
        (100, 100, (1, 1)),
        (100, 200, (1, 0.75)),
    ],
)
def test_crops_little_and_mirrors_half_of_much(width: int, height: int, shown: tuple[float, float]) -> None:
    frame = crop_to_fill(width, height, FlatSize(width=80, height=80), wraps=False)
    assert (min(1, frame.width), min(1, frame.height)) == pytest.approx(shown)
    assert frame.width * width == pytest.approx(frame.height * height)
    assert frame.fade == 0


@pytest.mark.parametrize(
    ("width", "shown", "fade"),
    [
        (110, 1 / 1.1, 0.1),  # all that is to spare is faded
        (104, 1.04 / 1.06 / 1.04, 0.06),  # a little height is cropped to have enough
        (130, 1 / 1.3, 0.125),  # a fade over more would show things twice
        (95, 1 / 1.06, 0.06),
    ],
)
def test_a_body_gives_up_width_for_the_fade(width: int, shown: float, fade: float) -> None:
    frame = crop_to_fill(width, 100, FlatSize(width=80, height=80), wraps=True)
    assert (frame.width, frame.fade) == pytest.approx((shown, fade))
    assert frame.width * width == pytest.approx(frame.height * 100)


@given(panels, pixels_a_side, pixels_a_side, st.booleans())
def test_windows_have_the_panels_shape(size: FlatSize, width: int, height: int, wraps: bool) -> None:
    frame = crop_to_fill(width, height, size, wraps=wraps)
    assert frame.width * width / (frame.height * height) == pytest.approx(size.width / size.height)
    assert frame.dpi(width, height, size) == pytest.approx(frame.width * width / size.width * 25.4)
    cropped = 1 - min(frame.width * (1 + frame.fade), frame.height)
    mirrored = max(frame.width * (1 + frame.fade), frame.height) > 1.006
    assert cropped + 1e-9 >= 0
    assert mirrored or cropped <= MOST_CROPPED + 1e-9


@pytest.mark.parametrize("wraps", [False, True])
@pytest.mark.parametrize(
    ("size", "ratio"),
    [
        ((100, 150), "2:3"),
        ((100, 50), "16:9"),
        ((50, 150), "1:4"),
        ((50, 150), "9:16"),
        ((190, 60), "21:9"),
        ((200, 60), "4:1"),
        ((157, 200), "1:1"),
        ((100, 140), "2:3"),
    ],
)
def test_the_plan_tells_what_is_trimmed(size: tuple[float, float], ratio: str, wraps: bool) -> None:
    panel = FlatSize(width=size[0], height=size[1])
    plan = plan_picture(panel, dpi=9999, ratios=[ratio], tiers=["512"], wraps=wraps)
    width, height = (round(side) for side in generated_size(ratio, "512"))
    fitted = fit_picture(png_of(ramp(width, height)), panel, dpi=9999, wraps=wraps)
    pixels = pixels_of(fitted.picture)
    assert fitted.dpi == pytest.approx(plan.dpi, rel=0.005)
    assert shown_share(pixels[:, :, 1], panel.height / 25.4 * plan.dpi / height) == pytest.approx(
        plan.kept_height, abs=0.01
    )
    assert shown_share(pixels[:, :, 0].T, panel.width / 25.4 * plan.dpi / width) == pytest.approx(
        plan.kept_width, abs=0.01
    )


def shown_share(along: Pixels, covered: float) -> float:
    """How much of a ramp is shown, from its slope in the middle, where nothing is faded.

    Args:
        along: the ramp runs down the rows.
        covered: ramps that would fit on the panel at the plan's resolution; above 1 it is mirrored.
    """
    line = along.astype(float).mean(axis=1)
    tenth = len(line) // 10
    slope = (line[8 * tenth] - line[2 * tenth]) / (6 * tenth) / 255
    assert slope * len(line) == pytest.approx(covered, rel=0.01)
    return min(1.0, float(slope * len(line)))


@pytest.mark.parametrize("wraps", [False, True])
def test_cropping_is_centred(wraps: bool) -> None:
    pixels = pixels_of(fit_picture(png_of(ramp(330, 150)), BODY, dpi=300, wraps=wraps).picture)
    height, width = pixels.shape[:2]
    assert pixels[height // 2, width // 2, :2] == pytest.approx([127.5, 127.5], abs=2)
    if not wraps:
        assert int(pixels[0, 0, 0]) + int(pixels[0, -1, 0]) == pytest.approx(255, abs=2)


@pytest.mark.parametrize("wraps", [False, True])
@pytest.mark.parametrize(("width", "height"), [(300, 100), (100, 300), (100, 101), (640, 480)])
def test_what_somebody_chose_is_cropped_and_never_mirrored(width: int, height: int, wraps: bool) -> None:
    shown = crop_to_fill(width, height, DECIMETRE, wraps=wraps, mirrors=False)
    assert max(shown.width * (1 + shown.fade), shown.height) <= 1 + 1e-9
    assert max(shown.width * (1 + shown.fade), shown.height) == pytest.approx(1, abs=0.006)


def test_mirroring_continues_the_picture_at_both_ends() -> None:
    pixels = pixels_of(
        fit_picture(png_of(ramp(200, 100)), FlatSize(width=50, height=50), dpi=300, wraps=False).picture
    )
    assert pixels.shape == (150, 150, 3)
    green = pixels[:, 0, 1]
    assert (green[25], green[124]) == (0, 255)
    assert np.array_equal(green[:25], green[25:50][::-1])
    assert np.array_equal(green[125:], green[100:125][::-1])


@pytest.mark.parametrize("width", [3168, 2900, 2600])  # 12.5 % and 3.3 % to spare; too narrow
def test_a_body_has_no_seam(width: int) -> None:
    png = png_of(waves(width, 1344))
    plain = pixels_of(fit_picture(png, BODY, dpi=100, wraps=False).picture)
    closed = pixels_of(fit_picture(png, BODY, dpi=100, wraps=True).picture)
    assert closed.shape == plain.shape
    assert seam_step(plain) > 10 * inner_step(plain)
    assert seam_step(closed) < 3 * inner_step(closed)
    near_seam = np.roll(closed, closed.shape[1] // 2, axis=1)
    columns = np.abs(np.diff(near_seam.astype(int), axis=1)).mean(axis=(0, 2))
    assert columns.max() < 6 * inner_step(closed)  # nor is there a step where the fade begins or ends


@settings(max_examples=40)
@given(st.floats(0.3, 5), st.integers(60, 300), st.integers(60, 300))
def test_every_body_closes(shape: float, width: int, height: int) -> None:
    assume(abs(width / height / shape - 1) > 0.03)  # else it may count as closed already
    art = ramp(width, height)
    size = FlatSize(width=100 * shape, height=100)
    red = pixels_of(fit_picture(png_of(art), size, dpi=9999, wraps=True).picture)[:, :, 0]
    band = max(1, int(LEAST_FADE * red.shape[1]))
    steepest = 1.5 * 255 / band + 2 * 255 / width  # of smoothstep, and of the ramps themselves
    assert seam_step(red) <= steepest + 1


def test_a_body_too_narrow_by_half_is_mirrored_and_closed() -> None:
    pixels = pixels_of(fit_picture(png_of(waves(700, 700)), BODY, dpi=300, wraps=True).picture)
    assert abs(pixels.shape[1] - pixels.shape[0] * 314.16 / 150) <= 2
    assert seam_step(pixels) < 3 * inner_step(pixels)


@pytest.mark.parametrize(("width", "height"), [(628, 300), (630, 300), (626, 300)])
def test_closed_art_of_the_panels_shape_is_not_faded(width: int, height: int) -> None:
    art = closed_waves(width, height)
    same = fit_picture(png_of(art), BODY, dpi=300, wraps=True)
    shown = pixels_of(same.picture)
    assert shown.shape[1] == width
    middle = shown.shape[0] // 2
    assert any(np.array_equal(shown[middle], art[row]) for row in range(height // 2 - 2, height // 2 + 3))
    smaller = pixels_of(fit_picture(png_of(art), BODY, dpi=25, wraps=True).picture)
    assert seam_step(smaller) < 2 * inner_step(smaller)


@given(panels, st.integers(16, 300), st.booleans())
@example(FlatSize(width=6283.2, height=10), 4096, True)
def test_art_of_the_panels_own_pixel_size_comes_back_as_it_is(
    size: FlatSize, longest: int, wraps: bool
) -> None:
    dpi = longest / max(size.width, size.height) * 25.4
    width, height = pixel_size(size, dpi)
    png = png_of(np.zeros((height, width, 3), np.uint8))
    for wanted in (dpi, 2 * dpi):
        fitted = fit_picture(png, size, dpi=wanted, wraps=wraps)
        assume(wanted == dpi or min(width, height) > 16)
        assert fitted.picture == CleanPicture(png, width, height, hashlib.sha256(png).hexdigest())
        assert fitted.dpi == pytest.approx(min(width / size.width, height / size.height) * 25.4)


@settings(max_examples=40)
@given(panels, pixels_a_side, pixels_a_side)
def test_fitting_twice_changes_nothing_more(size: FlatSize, width: int, height: int) -> None:
    once = fit_picture(png_of(ramp(width, height)), size, dpi=72, wraps=False).picture
    assume(min(once.width, once.height) > 16)
    assert fit_picture(once.png, size, dpi=72, wraps=False).picture == once


@pytest.mark.parametrize("wraps", [False, True])
def test_transparency_stays_and_hidden_colours_do_not_show(wraps: bool) -> None:
    art = np.zeros((300, 700, 4), np.uint8)
    art[:, :350] = (200, 0, 0, 255)
    art[:, 350:] = (0, 255, 0, 0)  # green that nobody sees
    pixels = pixels_of(fit_picture(png_of(art), BODY, dpi=30, wraps=wraps).picture)
    assert pixels.shape[2] == 4
    assert {0, 255} <= set(pixels[:, :, 3].ravel().tolist())
    seen = pixels[:, :, 3] > 8
    assert pixels[seen][:, 1].max() <= 8
    assert pixels[seen][:, 0].min() >= 180
    if wraps:
        assert len(np.unique(pixels[0, :5, 3])) > 1  # the opacity itself is faded over the seam


@pytest.mark.parametrize(("size", "wraps"), [(BODY, True), (FlatSize(width=30, height=90), False)])
def test_equal_input_gives_equal_bytes(size: FlatSize, wraps: bool) -> None:
    png = png_of(waves(700, 300))
    first, second = (fit_picture(png, size, dpi=72, wraps=wraps).picture for _ in range(2))
    assert first == second
    assert first.png != png


def test_larger_art_of_the_panels_shape_is_reduced() -> None:
    size = FlatSize(width=100, height=150)
    width, height = pixel_size(size, 100)
    fitted = fit_picture(png_of(ramp(width, height)), size, dpi=50, wraps=False)
    assert (fitted.picture.width, fitted.picture.height) == pixel_size(size, 50)
    assert fitted.dpi == pytest.approx(100, rel=0.005)


@pytest.mark.parametrize(("before", "after"), [(43, 23), (43, 31), (44, 30)])
def test_reducing_leaves_no_doubled_edge(before: int, after: int) -> None:
    """These products fall short of a whole number: before * (after / before) < after."""
    size = FlatSize(width=after, height=after)
    pixels = pixels_of(fit_picture(png_of(ramp(before, before)), size, dpi=25.4, wraps=False).picture)
    assert pixels.shape == (after, after, 3)
    assert np.diff(pixels[0, :, 0].astype(int)).min() > 0
    assert np.diff(pixels[:, 0, 1].astype(int)).min() > 0


def test_large_answers_are_reduced_to_print_size() -> None:
    fitted = fit_picture(png_of(ramp(1696, 2528)), FlatSize(width=100, height=150), dpi=300, wraps=False)
    assert (fitted.picture.width, fitted.picture.height) == (1181, 1772)
    assert fitted.dpi == pytest.approx(2528 / 150 * 25.4)


TALL, SQUARE = FlatSize(width=50, height=100), FlatSize(width=80, height=80)


def marked(width: int, height: int) -> Pixels:
    """White, with a black square of 10 pixels in the upper left corner."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[:10, :10] = 0
    return pixels


def shown(pixels: Pixels, size: FlatSize, **how: Any) -> Pixels:
    return pixels_of(fit_picture(png_of(pixels), size, **{"dpi": 300, "wraps": False, **how}).picture)


def corners(pixels: Pixels) -> str:
    """Which corners are dark: upper left, upper right, lower right, lower left."""
    places = ((5, 5), (5, -5), (-5, -5), (-5, 5))
    return "".join("x" if pixels[place][0] < 128 else "-" for place in places)


@pytest.mark.parametrize("fit", ["fill", "fit", "crop"])
@pytest.mark.parametrize(
    ("turns", "where"), [(0, "x---"), (1, "-x--"), (2, "--x-"), (3, "---x"), (4, "x---")]
)
def test_a_turn_takes_the_left_corner_to_the_right(fit: Fit, turns: int, where: str) -> None:
    assert corners(shown(marked(60, 60), SQUARE, turns=turns, fit=fit)) == where
    larger = shown(marked(60, 60), SQUARE, turns=turns, fit=fit, dpi=15)
    assert (corners(larger), larger.shape) == (where, (47, 47, 3))


def test_four_turns_are_none() -> None:
    art = ramp(90, 40)
    png = png_of(art)
    assert fit_picture(png, BODY, dpi=300, wraps=True, turns=4) == fit_picture(png, BODY, dpi=300, wraps=True)
    turned = art
    for _ in range(4):
        height, width = turned.shape[:2]
        turned = shown(turned, FlatSize(width=height, height=width), turns=1)
        assert turned.shape[:2] == (width, height)
    assert np.array_equal(turned, art)
    whole = fit_picture(png, FlatSize(width=90, height=40), dpi=300, wraps=False, turns=4)
    assert whole.picture.png == png


def test_the_turned_picture_is_what_is_framed() -> None:
    lying = FlatSize(width=100, height=50)
    fitted = fit_picture(png_of(ramp(60, 120)), lying, dpi=300, wraps=False, turns=1)
    pixels = pixels_of(fitted.picture)
    assert pixels.shape == (60, 120, 3)  # the panel's shape, so nothing is cut
    assert np.array_equal(pixels, np.rot90(ramp(60, 120), -1))
    assert fitted.dpi == pytest.approx(120 / 100 * 25.4)


@pytest.mark.parametrize(
    ("width", "height", "turns", "size", "margins"),
    [
        (100, 100, 0, TALL, (50, 0)),
        (100, 50, 1, SQUARE, (0, 25)),
        (100, 50, 0, SQUARE, (25, 0)),
        (120, 120, 0, BODY, (0, round(120 * 314.16 / 150 - 120) // 2)),
    ],
)
def test_the_whole_picture_lies_in_the_middle_of_bare_board(
    width: int, height: int, turns: int, size: FlatSize, margins: tuple[int, int]
) -> None:
    art = ramp(width, height)
    pixels = shown(art, size, turns=turns, fit="fit", wraps=size == BODY)
    turned = np.rot90(art, -turns)
    above, before = margins
    inner = pixels[above : above + turned.shape[0], before : before + turned.shape[1]]
    assert np.array_equal(inner[..., :3], turned)  # every pixel of it, not one resampled
    assert (inner[..., 3] == 255).all()
    assert int(pixels[..., 3].astype(bool).sum()) == width * height
    assert pixels.shape[0] - turned.shape[0] - 2 * above in {0, 1}
    assert pixels.shape[1] - turned.shape[1] - 2 * before in {0, 1}


def test_no_foreign_colour_hides_in_the_margins() -> None:
    """It would be seen as a rim where the 3D view mixes neighbouring pixels."""
    pixels = shown(ramp(100, 100), TALL, fit="fit")
    assert np.array_equal(pixels[0, :, :3], pixels[50, :, :3])
    assert np.array_equal(pixels[-1, :, :3], pixels[149, :, :3])


@settings(max_examples=60)
@given(panels, pixels_a_side, pixels_a_side, st.sampled_from([20, 72, 300]), st.integers(0, 3))
@example(FlatSize(width=10, height=2000), 300, 16, 300, 0)
@example(FlatSize(width=6283.2, height=10), 40, 40, 300, 1)
@example(FlatSize(width=37.6, height=100.3), 150, 400, 300, 0)  # as good as the panel's shape
def test_a_picture_shown_whole_is_not_distorted(
    size: FlatSize, width: int, height: int, dpi: float, turns: int
) -> None:
    fitted = fit_picture(png_of(ramp(width, height)), size, dpi=dpi, wraps=False, turns=turns, fit="fit")
    pixels = pixels_of(fitted.picture)
    assume(min(pixels.shape[:2]) > 16)
    wide, high = (height, width) if turns % 2 else (width, height)
    expected = max(wide / size.width, high / size.height) * 25.4
    assert fitted.dpi == pytest.approx(expected, rel=1 / min(wide, high))  # having the shape is rounded
    filled = np.ones(pixels.shape[:2]) if pixels.shape[2] == 3 else pixels[..., 3] > 0
    across, down = int(filled.any(axis=0).sum()), int(filled.any(axis=1).sum())
    assert across == pixels.shape[1] or down == pixels.shape[0] or (across, down) == (wide, high)
    scale = min(1, dpi / fitted.dpi, 4096 / max(size.width, size.height) * 25.4 / fitted.dpi)
    assert across == pytest.approx(max(1, wide * scale), abs=1)
    assert down == pytest.approx(max(1, high * scale), abs=1)


def test_a_transparent_picture_keeps_its_own_opacity_on_the_board() -> None:
    art = np.zeros((100, 100, 4), np.uint8)
    art[:, 50:] = (0, 200, 0, 128)
    cover = shown(art, TALL, fit="fit")[..., 3]
    assert (int(cover[100, 20]), int(cover[100, 80]), int(cover[20, 80])) == (0, 128, 0)


@pytest.mark.parametrize("fit", ["fill", "fit", "crop"])
def test_equal_placement_gives_equal_bytes(fit: Fit) -> None:
    png = png_of(waves(700, 300))
    first, second = (fit_picture(png, TALL, dpi=40, wraps=False, turns=3, fit=fit) for _ in range(2))
    assert first == second
    assert first.picture.png != fit_picture(png, TALL, dpi=40, wraps=False, fit=fit).picture.png


def test_a_picture_of_the_panels_shape_is_the_same_filled_and_whole() -> None:
    png = png_of(ramp(100, 200))
    assert fit_picture(png, TALL, dpi=300, wraps=False, fit="fit").picture.png == png


@pytest.mark.parametrize("dpi", [24, 34, 37])
def test_no_hairline_of_bare_board_is_left(dpi: float) -> None:
    """The shape of 197 x 295 pixels is a 2:3 panel's, but reduced they come out a row short."""
    size = FlatSize(width=100, height=150)
    whole = shown(ramp(197, 295), size, dpi=dpi, fit="fit")
    assert whole.shape == (*pixel_size(size, dpi)[::-1], 3)


DECIMETRE = FlatSize(width=100, height=100)


@pytest.mark.parametrize(
    ("wideness", "width", "height"),
    [
        (1.0, 1, 1),
        (1.25, 0.8, 1),  # a fifth is simply cut off
        (1 / 0.785, 0.785, 1),
        (1 / 0.775, (1 + 0.775) / 2, (1 + 0.775) / 2 / 0.775),  # of more, half is mirrored instead
        (2.0, 0.75, 1.5),
        (0.8, 1, 0.8),
        (0.5, 1.5, 0.75),
    ],
)
def test_how_much_of_a_picture_is_shown(wideness: float, width: float, height: float) -> None:
    crop = crop_to_fill(1000 * wideness, 1000, DECIMETRE, wraps=False)
    assert (crop.width, crop.height, crop.fade) == pytest.approx((width, height, 0))


@pytest.mark.parametrize(
    ("wideness", "width", "height", "fade"),
    [
        (1.004, 1, 1.004, 0),  # the art may close around already
        (0.996, 1, 0.996, 0),
        (1.006, 1 / 1.06, 1.006 / 1.06, 0.06),
        (1.03, 1 / 1.06, 1.03 / 1.06, 0.06),
        (1.1, 1 / 1.1, 1, 0.1),  # what is too much is cross-faded
        (1.5, 0.875 / 1.125, 0.875 / 0.75, 0.125),
        (0.9, 1 / 1.06, 0.9 / 1.06, 0.06),
    ],
)
def test_how_much_is_faded_over_a_seam(wideness: float, width: float, height: float, fade: float) -> None:
    crop = crop_to_fill(10_000 * wideness, 10_000, DECIMETRE, wraps=True)
    assert (crop.width, crop.height, crop.fade) == pytest.approx((width, height, fade))


def test_all_of_a_picture_is_shown_in_the_smallest_window() -> None:
    assert crop_to_show(200, 100, DECIMETRE) == Crop(1, 2, fade=0)
    assert crop_to_show(100, 200, DECIMETRE) == Crop(2, 1, fade=0)
    assert crop_to_show(50, 50, DECIMETRE) == Crop(1, 1, fade=0)


@pytest.mark.parametrize(
    ("width", "height", "same"),
    [(100, 100, True), (100, 101, True), (100, 102, False), (102, 100, False), (1, 2, True)],
)
def test_each_side_may_be_rounded_to_a_pixel(width: int, height: int, same: bool) -> None:
    assert has_shape_of(DECIMETRE, width, height) == same
