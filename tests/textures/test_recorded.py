"""Colours, cuts and small copies of pictures are what they were when somebody looked at them."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from support.odd_pictures import chunk, jpeg, png, raw_png
from support.recorded import assert_recorded

from packdesk.domain.panels import FlatSize
from packdesk.textures.changing import changed_inside, framed, unframed
from packdesk.textures.check import clean_picture
from packdesk.textures.colour import ColourSpace, as_srgb, told_by_camera, told_by_png
from packdesk.textures.comparing import changed_places
from packdesk.textures.fitting import (
    closed,
    crop_to_fill,
    crop_to_show,
    fit_picture,
    has_shape_of,
    mirrored_out,
    on_board,
)
from packdesk.textures.jpeg_file import read_jpeg
from packdesk.textures.mips import smaller_levels
from packdesk.textures.opened import opened_jpeg, opened_png
from packdesk.textures.png_file import read_png
from packdesk.textures.recipes import make_cut

if TYPE_CHECKING:
    from packdesk.textures.notes import Fit

PRIMARIES = (1, 4, 5, 6, 7, 9, 11, 12)
CURVES = (1, 4, 5, 6, 8, 13, 14, 15, 16, 18)


def noise(width: int, height: int, channels: int = 3) -> np.ndarray:
    """Soft noise, so that rounding turns no pixel over."""
    return np.random.default_rng(width * height).integers(0, 256, (height, width, channels), dtype=np.uint8)


def as_png(pixels: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels).save(buffer, "PNG")
    return buffer.getvalue()


def pixels_of(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as opened:
        return np.asarray(opened)


def ramp(mode: str) -> Image.Image:
    steps = np.arange(0, 256, 15, dtype=np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(18, -1, 3)
    return Image.fromarray(grid).convert(mode)


@pytest.mark.parametrize("whole", [0, 1])
def test_colours_told_by_code_points(whole: int) -> None:
    for primaries in PRIMARIES:
        for curve in CURVES:
            found = told_by_png(read_png(png(chunk(b"cICP", bytes((primaries, curve, 0, whole))))))
            assert_recorded(f"cicp {primaries} {curve} {whole}", found)
            if isinstance(found, ColourSpace) and curve in {1, 13, 16}:
                for mode in ("RGB", "RGBA", "L"):
                    shown = np.asarray(as_srgb(ramp(mode), found).picture).astype(int) // 3
                    assert_recorded(f"shown {primaries} {curve} {whole} {mode}", shown)


@pytest.mark.parametrize("gamma", [None, 0, 45_455, 43_500, 100_000, 55_556, 2_000])
def test_colours_told_by_gamma(gamma: int | None) -> None:
    chunks = [] if gamma is None else [chunk(b"gAMA", struct.pack(">I", gamma))]
    for name, points in (
        ("none", ()),
        ("srgb", (31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)),
        ("wide", (34567, 35850, 73470, 26530, 15960, 84040, 3660, 10)),
        ("flat", (30000, 30000, 30000, 30000, 30000, 30000, 30000, 30000)),
    ):
        notes = [*chunks, chunk(b"cHRM", struct.pack(">8I", *points))] if points else chunks
        assert_recorded(f"gamma {gamma} {name}", told_by_png(read_png(png(*notes))))


PANELS = {"wide": FlatSize(width=120, height=50), "high": FlatSize(width=40, height=90)}
SOURCES = {"square": (64, 64), "flat": (96, 30), "tall": (31, 100), "near": (121, 50)}


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("source", SOURCES)
def test_crops(panel: str, source: str) -> None:
    size, (width, height) = PANELS[panel], SOURCES[source]
    crops = [crop_to_fill(width, height, size, wraps=wraps) for wraps in (False, True)]
    crops += [crop_to_fill(width, height, size, wraps=wraps, mirrors=False) for wraps in (False, True)]
    crops.append(crop_to_show(width, height, size))
    told = [crop.dpi(width, height, size) for crop in crops]
    assert_recorded(f"crops {panel} {source}", (crops, told, has_shape_of(size, width, height)))


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("fit", ["fill", "fit", "crop"])
def test_fitted_pictures(panel: str, fit: Fit) -> None:
    for source, (width, height) in SOURCES.items():
        data = as_png(noise(width, height))
        for wraps in (False, True):
            for turns, dpi in ((0, 10.0), (1, 40.0)):
                fitted = fit_picture(data, PANELS[panel], dpi=dpi, wraps=wraps, turns=turns, fit=fit)
                name = f"fitted {panel} {fit} {source} {wraps} {turns}"
                assert_recorded(name, (fitted.dpi, pixels_of(fitted.picture.png)))


@pytest.mark.parametrize("channels", [3, 4])
def test_pixels_beside_a_picture(channels: int) -> None:
    pixels = noise(21, 17, channels)
    for columns, rows in ((21, 40), (50, 17), (33, 30)):
        out = mirrored_out(pixels, columns, rows), on_board(pixels, columns, rows)
        assert_recorded(f"beside {channels} {columns} {rows}", out)
    for band in (1, 4, 9):
        assert_recorded(f"closed {channels} {band}", closed(pixels, band))


@pytest.mark.parametrize("size", [(16, 16), (17, 9), (33, 70), (2, 5), (1, 7)])
def test_smaller_levels(size: tuple[int, int]) -> None:
    for name, opaque in (("opaque", True), ("clear", False)):
        pixels = noise(*size, 4)
        if opaque:
            pixels[..., 3] = 255
        assert_recorded(f"levels {size} {name}", list(smaller_levels(pixels)))


def test_changes() -> None:
    before, after = as_png(noise(60, 40)), as_png(noise(60, 40)[::-1].copy())
    for box in ((0, 0, 60, 40), (5, 6, 30, 20), (0, 10, 12, 40), (50, 30, 52, 33)):
        assert_recorded(f"changed {box}", pixels_of(changed_inside(before, after, box).png))
    for ratio in (0.5, 1.0, 1.5, 2.5):
        frame = framed(before, ratio, 64)
        back = unframed(frame, 60, 40, ratio)
        assert_recorded(f"framed {ratio}", (pixels_of(frame), pixels_of(back.png)))


@pytest.mark.parametrize("depth", [1, 2, 4, 8, 16])
@pytest.mark.parametrize("colour", [0, 2, 3, 4, 6])
def test_png_files(depth: int, colour: int) -> None:
    if (colour in {2, 4, 6} and depth < 8) or (colour == 3 and depth == 16):
        return
    samples = np.random.default_rng(depth * 10 + colour).integers(0, 256, (20, 192), dtype=np.uint8)
    palette = [chunk(b"PLTE", np.arange(768, dtype=np.uint8).tobytes())] if colour == 3 else []
    clear = {0: b"\0\1", 2: b"\0\1\0\2\0\3", 3: bytes(range(0, 250, 25))}
    for name, notes in (("plain", palette), ("clear", [*palette, chunk(b"tRNS", clear.get(colour, b""))])):
        if name == "clear" and colour not in clear:
            continue
        data = raw_png(samples, depth, colour, *notes)
        found = opened_png(data)
        assert_recorded(f"png {depth} {colour} {name}", (np.asarray(found.decode()), found.size))
        clean = clean_picture(data)
        assert_recorded(f"clean {depth} {colour} {name}", (clean.width, pixels_of(clean.png)))


@pytest.mark.parametrize("turn", range(9))
def test_jpeg_files(turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    data = jpeg(exif=exif, quality=95)
    found = opened_jpeg(data)
    assert_recorded(f"jpeg {turn}", np.asarray(found.upright(found.decode())).astype(int) // 8)
    file = read_jpeg(data)
    assert_recorded(f"jpeg file {turn}", (file.width, file.height, file.scans, file.ended, len(file.exif)))


def test_colours_told_by_a_camera() -> None:
    exif = Image.Exif()
    assert told_by_camera(exif.tobytes()) is None
    for space, index in ((1, "R98"), (2, "R98"), (0xFFFF, "R03"), (0xFFFF, "R98")):
        exif.get_ifd(0x8769)[0xA001] = space
        exif.get_ifd(0xA005)[1] = index
        assert_recorded(f"camera {space} {index}", told_by_camera(exif.tobytes()))


def test_places_that_changed() -> None:
    before = noise(230, 170) // 8
    after = before.copy()
    after[20:33, 40:90] += 90
    after[110:140, 200:216] += 60
    assert_recorded("changed places", changed_places(as_png(before), as_png(after)))


def test_cuts() -> None:
    data = as_png(noise(70, 45))
    for turns in range(4):
        made = make_cut("a" * 64, data, PANELS["wide"], dpi=20, wraps=turns % 2 > 0, turns=turns, fit="crop")
        told = made.note.model_dump(exclude={"maker", "now"})
        assert_recorded(f"cut {turns}", (pixels_of(made.picture.png), told))
