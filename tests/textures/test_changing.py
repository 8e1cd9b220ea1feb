"""A change blends in from the edges of its rectangle, and a frame is mirrored and taken off again."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from packdesk.textures.changing import FEATHER_PX, changed_inside, framed, pixels_of, unframed


def flat(width: int, height: int, *colour: int) -> bytes:
    pixels = np.full((height, width, len(colour)), colour, np.uint8)
    return as_png(pixels)


def as_png(pixels: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def rows(png: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(png)) as opened:
        return np.asarray(opened).astype(int)


def test_it_rises_in_even_steps_from_each_edge() -> None:
    assert FEATHER_PX == 6
    result = rows(changed_inside(flat(60, 50, 0, 0, 0), flat(60, 50, 210, 210, 210), (10, 5, 40, 45)).png)
    step = [30, 60, 90, 120, 150, 180]
    assert result[25, 9:18, 0].tolist() == [0, *step, 210, 210]
    assert result[25, 32:41, 0].tolist() == [210, 210, *step[::-1], 0]
    assert result[4:12, 25, 0].tolist() == [0, *step, 210]
    assert result[38:46, 25, 0].tolist() == [210, *step[::-1], 0]
    assert result[5, 10, 0] == 30, "in a corner the lower of both"


def test_it_has_no_edge_where_the_picture_ends() -> None:
    result = rows(changed_inside(flat(20, 20, 0, 0, 0), flat(20, 20, 210, 0, 0), (0, 0, 20, 20)).png)
    assert (result[..., 0] == 210).all()
    result = rows(changed_inside(flat(40, 40, 0, 0, 0), flat(40, 40, 210, 0, 0), (1, 1, 40, 40)).png)
    assert result[20, 0:8, 0].tolist() == [0, 30, 60, 90, 120, 150, 180, 210]
    assert result[20, 39, 0] == result[39, 20, 0] == 210


@pytest.mark.parametrize(("length", "middle"), [(1, 210), (2, 210), (3, 210), (5, 210), (9, 210)])
def test_a_small_rectangle_reaches_the_change_in_its_middle(length: int, middle: int) -> None:
    box = (10, 10, 10 + length, 10 + length)
    result = rows(changed_inside(flat(40, 40, 0, 0, 0), flat(40, 40, 210, 0, 0), box).png)
    assert result[10 + length // 2, 10 + length // 2, 0] == middle


def test_opacity_is_blended_too_where_one_has_it() -> None:
    before, after = flat(40, 40, 0, 0, 0), flat(40, 40, 0, 0, 0, 45)
    for one, other, inside, outside in ((before, after, 45, 255), (after, before, 255, 45)):
        result = rows(changed_inside(one, other, (10, 10, 30, 30)).png)
        assert (result[20, 20, 3], result[0, 0, 3]) == (inside, outside)


@pytest.mark.parametrize(
    ("size", "ratio", "shape"),
    [
        ((90, 60), 1.0, (90, 90)),
        ((60, 90), 1.0, (90, 90)),
        ((60, 60), 1.5, (90, 60)),
        ((60, 60), 0.5, (60, 120)),
    ],
)
def test_a_frame_is_mirrored_and_taken_off_again(
    size: tuple[int, int], ratio: float, shape: tuple[int, int]
) -> None:
    width, height = size
    across = np.linspace(0, 250, width, dtype=np.uint8)[None, :]
    down = np.linspace(0, 250, height, dtype=np.uint8)[:, None]
    pixels = np.stack(np.broadcast_arrays(across, down, np.uint8(9)), axis=2)
    frame = framed(as_png(pixels), ratio, 4000)
    assert pixels_of(frame) == shape
    back = unframed(frame, width, height, ratio)
    assert (rows(back.png) == pixels).all()
    double = Image.open(io.BytesIO(frame)).resize((shape[0] * 2, shape[1] * 2), Image.Resampling.NEAREST)
    near = rows(unframed(as_png(np.asarray(double)), width, height, ratio).png)
    assert np.abs(near - pixels).max() <= 8


def test_a_frame_is_no_larger_than_asked_and_see_through_lies_on_white() -> None:
    frame = framed(flat(200, 100, 0, 0, 0, 0), 2.0, 50)
    assert pixels_of(frame) == (50, 25)
    assert (rows(frame) == 255).all()
    assert rows(framed(flat(20, 10, 7, 8, 9), 2.0, 50)).tolist() == rows(flat(20, 10, 7, 8, 9)).tolist()
