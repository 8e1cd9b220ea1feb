"""Pictures as other programs write them: taken with the colours they mean, or refused by their name."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageCms
from support.odd_pictures import branded, chunk, jpeg, png, raw_png, scanned_again

from packdesk.errors import BadPictureError
from packdesk.textures.check import clean_picture

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = b"x" * 2_000_000
DISPLAY_P3 = ((0.68, 0.32), (0.265, 0.69), (0.15, 0.06), (0.3127, 0.329))


def shown(data: bytes, place: tuple[int, int] = (5, 5)) -> tuple[int, ...]:
    with Image.open(io.BytesIO(clean_picture(data).png)) as picture:
        pixel = picture.getpixel(place)
    assert isinstance(pixel, tuple)
    return pixel


def gamma(value: float) -> bytes:
    return chunk(b"gAMA", struct.pack(">I", round(value * 100_000)))


def primaries(
    red: tuple[float, ...], green: tuple[float, ...], blue: tuple[float, ...], white: tuple[float, ...]
) -> bytes:
    return chunk(b"cHRM", struct.pack(">8I", *(round(v * 100_000) for v in (*white, *red, *green, *blue))))


def profiled(profile: bytes) -> bytes:
    return chunk(b"iCCP", b"p\0\0" + zlib.compress(profile))


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped_profile() -> bytes:
    """sRGB's profile with red and blue exchanged: nothing could show its effect more clearly."""
    raw = srgb_profile()
    return raw.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


@pytest.mark.parametrize(
    "note",
    [
        chunk(b"pHYs", struct.pack(">IIB", 3000, 3000, 1), sound=False),
        chunk(b"tIME", b"\x07\xe8\1\1\1\1\1", sound=False),
        chunk(b"tEXt", b"a\0b", sound=False),
        chunk(b"gAMA", struct.pack(">I", 100_000), sound=False),
        chunk(b"prVt", b"whatever"),
        chunk(b"zTXt", b"parameters\0\0" + zlib.compress(TEXT)),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(TEXT)),
        chunk(b"iTXt", b"invokeai_graph\0\1\0\0\0" + zlib.compress(TEXT)),
        chunk(b"tEXt", b"parameters\0" + TEXT),
        chunk(b"tEXt", b"parameters\0" + TEXT) * 20,
        profiled(srgb_profile() + bytes(2_000_000)),
        profiled(b"nonsense"),
        chunk(b"iCCP", b"p\0\0nonsense"),
        chunk(b"eXIf", b"II*\0\xff\xff\xff\xff"),
        chunk(b"cHRM", bytes(32)),
        chunk(b"gAMA", bytes(4)),
        chunk(b"cICP", b"\2\2\0\1"),
        chunk(b"sRGB", b"\0") + gamma(1.0),
        gamma(1 / 2.2),
    ],
    ids=lambda note: note[4:8].decode(),  # a profile holds the second it was made in: its length differs
)
def test_what_pixels_do_not_need_changes_nothing(note: bytes) -> None:
    assert clean_picture(png(note)).png == clean_picture(png()).png


def test_a_wrong_checksum_of_the_palette_is_damage() -> None:
    with pytest.raises(BadPictureError, match="damaged"):
        clean_picture(png(chunk(b"PLTE", b"abc", sound=False)))


def test_a_png_without_its_end_is_taken_and_one_without_its_pixels_is_not() -> None:
    whole = png()
    assert clean_picture(whole[:-12]).png == clean_picture(whole).png
    with pytest.raises(BadPictureError, match="damaged"):
        clean_picture(whole[:-16])


@pytest.mark.parametrize(
    ("note", "colour", "expected"),
    [
        (gamma(1.0), (128, 128, 128), (188, 188, 188)),
        (gamma(1 / 1.8), (128, 0, 255), (145, 0, 255)),
        (gamma(1.0), (128,), (188, 188, 188)),
        (gamma(1.0), (128, 128, 128, 7), (188, 188, 188, 7)),
        (chunk(b"cICP", b"\x0c\x0d\0\1"), (200, 30, 30), (218, 0, 6)),
        (gamma(1 / 2.2) + primaries(*DISPLAY_P3), (200, 30, 30), (218, 0, 6)),
        (chunk(b"cICP", b"\1\x08\0\1"), (128, 128, 128), (188, 188, 188)),
        (chunk(b"cICP", b"\1\x0d\0\1") + gamma(1.0), (128, 128, 128), (128, 128, 128)),
        (chunk(b"cICP", b"\x09\x10\0\1"), (148, 148, 148), (254, 254, 254)),
        (profiled(swapped_profile()), (200, 100, 50), (50, 100, 200)),
        (profiled(swapped_profile()) + gamma(1.0), (200, 100, 50, 9), (50, 100, 200, 9)),
        (profiled(swapped_profile() + bytes(2_000_000)), (200, 100, 50), (50, 100, 200)),
    ],
)
def test_colours_are_those_the_png_means(
    note: bytes, colour: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    assert shown(png(note, colour=colour)) == pytest.approx(expected, abs=1)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_profile_is_applied_whatever_the_file(kind: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 32), (200, 100, 50)).save(buffer, kind, quality=100, icc_profile=swapped_profile())
    assert shown(buffer.getvalue()) == pytest.approx((50, 100, 200), abs=6)


def test_a_profile_of_other_colours_than_the_pixels_is_as_none() -> None:
    buffer = io.BytesIO()
    Image.new("CMYK", (32, 32), (0, 255, 255, 0)).save(
        buffer, "JPEG", icc_profile=srgb_profile(), quality=100
    )
    assert shown(buffer.getvalue())[0] > 200


def test_the_one_transparent_colour_of_sixteen_bits_and_no_neighbour() -> None:
    clear, near = (32896, 300, 7), (32896, 301, 7)
    row = np.array([clear, near] * 8, dtype=">u2")
    samples = np.tile(row.view(np.uint8).reshape(1, -1), (16, 1))
    note = chunk(b"tRNS", struct.pack(">3H", *clear))
    data = raw_png(samples, 16, 2, note)
    assert shown(data, (0, 5)) == (128, 1, 0, 0)
    assert shown(data, (1, 5)) == (128, 1, 0, 255)


@pytest.mark.parametrize(("depth", "value"), [(1, 1), (2, 2), (4, 9), (8, 200), (16, 32896)])
def test_the_one_transparent_grey(depth: int, value: int) -> None:
    bits = [f"{number:0{depth}b}" for number in (value, value - 1)] * 8
    packed = np.frombuffer(int("".join(bits), 2).to_bytes(2 * depth, "big"), np.uint8)
    data = raw_png(np.tile(packed, (16, 1)), depth, 0, chunk(b"tRNS", struct.pack(">H", value)))
    assert shown(data, (0, 5))[3] == 0
    assert shown(data, (1, 5))[3] == 255


def test_a_palette_keeps_its_transparency() -> None:
    buffer = io.BytesIO()
    picture = Image.new("P", (20, 20), 1)
    picture.putpalette([0, 0, 0, 10, 20, 30])
    picture.save(buffer, "PNG", transparency=bytes([255, 77]))
    assert shown(buffer.getvalue()) == (10, 20, 30, 77)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (branded(b"isom"), "a video"),
        (b"GIF89a" + bytes(90), "a GIF"),
        (b"BM\x40\0\0\0\0\0\0\0" + bytes(90), "a BMP"),
        (b"8BPS\0\2" + bytes(90), "Photoshop"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "EPS"),
        (b"\x1f\x8b" + bytes(90), "gzip"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"\xff\x0a" + bytes(90), "JPEG XL"),
        (b"PK\x03\x04" + bytes(90), "a ZIP"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/x-krita" + bytes(90), "a Krita document"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeimage/openraster" + bytes(90), "an OpenRaster picture"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/x-vnd.corel.zcf.draw", "a CorelDRAW document"),
        (b"RIFF\0\0\0\0CDRAvrsn" + bytes(90), "a CorelDRAW document"),
        (b"\0\xffKA" + bytes(90), "an Affinity document"),
    ],
)
def test_a_refusal_says_what_the_file_is(data: bytes, name: str) -> None:
    with pytest.raises(BadPictureError, match=f"no picture packdesk can read but .*{name}") as caught:
        clean_picture(data)
    assert "Save it as" in caught.value.remedy


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0II*\0\xff\xff", b"Exif\0\0", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\1\x12"]
)
def test_broken_camera_data_is_passed_over_silently(
    exif: bytes, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    assert clean_picture(jpeg(exif=exif)).png == clean_picture(jpeg()).png
    assert not recwarn.list
    assert not capfd.readouterr().err


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_without_its_end_marker_is_taken_and_a_cut_one_is_not(progressive: bool) -> None:
    whole = jpeg(progressive=progressive)
    assert clean_picture(whole[:-2]).png == clean_picture(whole).png
    for lost in (12, 60, 200):
        with pytest.raises(BadPictureError, match="damaged"):
            clean_picture(whole[:-lost])


@pytest.mark.parametrize("times", [200, 1_000, 20_000])
def test_a_jpeg_of_very_many_passes_is_refused_undecoded(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = scanned_again(jpeg(progressive=True), times)

    def decode(*_: object) -> Callable[[], Image.Image]:
        raise AssertionError

    monkeypatch.setattr("packdesk.textures.opened._loaded", decode)
    with pytest.raises(BadPictureError, match="too many passes"):
        clean_picture(data)


def test_a_large_jpeg_may_have_fewer_passes_than_a_small_one() -> None:
    small, large = (scanned_again(jpeg(size, progressive=True), 40) for size in ((60, 40), (3200, 3200)))
    assert clean_picture(small).width == 60
    with pytest.raises(BadPictureError, match="too many passes"):
        clean_picture(large)


def test_a_usual_jpeg_is_what_it_was() -> None:
    data = jpeg(comment=b"a comment", exif=Image.Exif())
    with Image.open(io.BytesIO(data)) as picture, Image.open(io.BytesIO(clean_picture(data).png)) as clean:
        assert picture.tobytes() == clean.tobytes()
