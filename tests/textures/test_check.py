"""Pictures at the door."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from support.providers import picture_bytes

from packdesk.errors import BadPictureError
from packdesk.textures.check import clean_picture
from packdesk.textures.incoming import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100))


def animated() -> bytes:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, "PNG", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def in_format(kind: str) -> bytes:
    return picture_bytes(kind=kind)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_usual_pictures_become_png(kind: str) -> None:
    picture = clean_picture(in_format(kind))
    assert picture.png.startswith(b"\x89PNG")
    assert (picture.width, picture.height) == (40, 60)
    assert len(picture.sha256) == 64


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"hello", "no picture"),
        (in_format("GIF"), "a GIF"),
        (in_format("TIFF"), "TIFF"),
        (picture_bytes()[:60], "damaged"),
        (in_format("JPEG")[:-20], "damaged"),
        (png_header(60_000, 60_000), "pixels"),
        (png_header(10_000, 9_500), "too large"),
        (png_header(16_385, 20), "too large"),
        (picture_bytes(size=(8, 200)), "too small: 8 x 200"),
        (animated(), "animated"),
        (b"x" * (MAX_BYTES + 1), "MB"),
    ],
)
def test_other_files_are_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(BadPictureError, match=words) as caught:
        clean_picture(data)
    assert caught.value.remedy


def test_nothing_but_pixels_goes_on() -> None:
    buffer = io.BytesIO()
    notes = PngImagePlugin.PngInfo()
    notes.add_text("comment", "my home address")
    Image.new("RGBA", (20, 20), (1, 2, 3, 4)).save(buffer, "PNG", pnginfo=notes)
    clean = clean_picture(buffer.getvalue() + b"<script>")
    assert b"address" not in clean.png
    assert b"script" not in clean.png
    assert Image.open(io.BytesIO(clean.png)).getpixel((0, 0)) == (1, 2, 3, 4)


@settings(max_examples=60)
@given(data=st.data())
def test_a_changed_byte_never_crashes(data: st.DataObject) -> None:
    make: Callable[[str], bytes] = in_format
    raw = bytearray(make(data.draw(st.sampled_from(["PNG", "JPEG", "WEBP"]))))
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadPictureError):
        clean_picture(bytes(raw))


def test_a_photograph_stands_upright() -> None:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    Image.new("RGB", (60, 40)).save(buffer, "JPEG", exif=exif)
    picture = clean_picture(buffer.getvalue())
    assert (picture.width, picture.height) == (40, 60)


def test_a_photograph_with_a_preview_inside_is_taken() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(
        buffer, "MPO", save_all=True, append_images=[Image.new("RGB", (30, 20))]
    )
    assert clean_picture(buffer.getvalue()).width == 60


def test_sixteen_bit_grey_keeps_its_tone() -> None:
    buffer = io.BytesIO()
    Image.new("I;16", (20, 20), 32896).save(buffer, "PNG")
    with Image.open(io.BytesIO(clean_picture(buffer.getvalue()).png)) as picture:
        assert picture.getpixel((5, 5)) == (128, 128, 128)


def test_a_broken_colour_profile_is_no_crash() -> None:
    raw = picture_bytes()
    end = raw.index(b"IEND") - 4
    empty_profile = struct.pack(">I", 0) + b"iCCP" + struct.pack(">I", zlib.crc32(b"iCCP"))
    with contextlib.suppress(BadPictureError):
        clean_picture(raw[:end] + empty_profile + raw[end:])


def test_pixels_that_do_not_fit_their_checksum_are_damage() -> None:
    # Decoding alone shows the rest of such a picture.
    data = bytearray(picture_bytes(size=(200, 300)))
    place = data.index(b"IDAT") + 20
    data[place] ^= 0x40
    with pytest.raises(BadPictureError, match="damaged"):
        clean_picture(bytes(data))
