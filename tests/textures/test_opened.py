"""Headers of picture files: sizes, camera data, limits, and what a file is by its first bytes."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps
from support.odd_pictures import branded, chunk, jpeg, png, raw_png, scanned_again

from packdesk.errors import BadPictureError
from packdesk.textures import check
from packdesk.textures.check import clean_picture, read_picture_file
from packdesk.textures.colour import as_srgb
from packdesk.textures.fitting import REFERENCE_PX, reference_copy
from packdesk.textures.incoming import MAX_BYTES
from packdesk.textures.jpeg_file import JpegFile, read_jpeg
from packdesk.textures.kinds import kind_of
from packdesk.textures.opened import opened_jpeg, opened_png, opened_webp
from packdesk.textures.png_file import MAX_PROFILE_BYTES, SIGNATURE, read_png, unpacked

if TYPE_CHECKING:
    from pathlib import Path


def decoded(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    with Image.open(io.BytesIO(clean_picture(data).png)) as picture:
        return np.asarray(picture)


def saved(picture: Image.Image, kind: str, **words: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **words)
    return buffer.getvalue()


def corners(size: tuple[int, int] = (24, 16)) -> Image.Image:
    """Each corner has a colour of its own."""
    picture = Image.new("RGB", size, "white")
    for place, colour in (((0, 0), "red"), ((size[0] - 8, 0), "lime"), ((0, size[1] - 8), "blue")):
        picture.paste(colour, (*place, place[0] + 8, place[1] + 8))
    return picture


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("RGB", {}),
        ("RGB", {"lossless": True}),
        ("RGBA", {"lossless": True}),
        ("RGBA", {}),
        ("RGB", {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0"}),
    ],
)
@pytest.mark.parametrize("size", [(300, 517), (517, 300), (16, 1025)])
def test_a_webp_has_the_size_its_header_says(
    mode: str, words: dict[str, object], size: tuple[int, int]
) -> None:
    opened = opened_webp(saved(Image.new(mode, size, "red"), "WEBP", **words))
    assert (opened.size, opened.animated, opened.slow) == (size, False, False)
    assert opened.decode().size == size


def test_a_webp_says_whether_it_moves() -> None:
    frames = [Image.new("RGB", (32, 20), colour) for colour in ("red", "blue")]
    data = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert opened_webp(data).animated
    with pytest.raises(BadPictureError, match="animated"):
        clean_picture(data)


def webp(kind: str, body: bytes) -> bytes:
    chunks = kind.encode() + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


@pytest.mark.parametrize(("kind", "length"), [("VP8X", 10), ("VP8 ", 10), ("VP8L", 5)])
def test_a_webp_whose_header_is_cut_is_damaged(kind: str, length: int) -> None:
    assert opened_webp(webp(kind, bytes(length))).size == ((0, 0) if kind == "VP8 " else (1, 1))
    with pytest.raises(ValueError, match="cut"):
        opened_webp(webp(kind, bytes(length - 1)))


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(10))
def test_a_photograph_stands_as_the_camera_was_held(kind: str, order: str, orientation: int) -> None:
    tags = ((271, 2, 4, b"abc\0"), (274, 3, 1, struct.pack(f"{order}HH", orientation, 0)))
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IH", 8, len(tags))
    exif = head + b"".join(struct.pack(f"{order}HHI", *tag[:3]) + tag[3] for tag in tags) + bytes(4)
    if kind == "PNG":
        plain = saved(corners(), "PNG")
        at = plain.index(b"IDAT") - 4
        data = plain[:at] + chunk(b"eXIf", exif) + plain[at:]
    else:
        data = saved(
            corners(), kind, exif=b"Exif\0\0" + exif, **({"lossless": True} if kind == "WEBP" else {})
        )
    with Image.open(io.BytesIO(data)) as opened:
        wanted = np.asarray(ImageOps.exif_transpose(opened).convert("RGB")).astype(int)
    found = decoded(data)
    assert found.shape == wanted.shape
    assert np.abs(found - wanted).max() < 40


@pytest.mark.parametrize("packed", [True, False])
def test_camera_data_as_text_counts_too(packed: bool) -> None:
    """ImageMagick writes it so into a PNG: a name, its length, hexadecimal digits in lines."""
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0" + bytes(4)
    text = b"\nexif\n%8d\n" % len(exif) + b"\n".join(
        exif.hex().encode()[at : at + 72] for at in range(0, 2 * len(exif), 72)
    )
    name = b"Raw profile type exif\0"
    note = chunk(b"zTXt", name + b"\0" + zlib.compress(text)) if packed else chunk(b"tEXt", name + text)
    assert decoded(png(note)).shape[:2] == (24, 32)
    assert decoded(png(chunk(b"tEXt", name + b"\nexif\n 3\nxyz"))).shape[:2] == (32, 24), "no digits"
    assert decoded(png(chunk(b"zTXt", name + b"\0nonsense"))).shape[:2] == (32, 24)
    first = read_png(png(note, chunk(b"eXIf", b"II*\0")))
    assert first.exif == exif, "the first counts"


def test_one_frame_does_not_move() -> None:
    assert not opened_png(png(chunk(b"acTL", struct.pack(">II", 1, 0)))).animated
    assert opened_png(png(chunk(b"acTL", struct.pack(">II", 2, 0)))).animated
    assert not opened_png(png(chunk(b"acTL", b"\0\0\2"))).animated, "a note that is cut"


def test_the_first_note_of_a_kind_counts() -> None:
    file = read_png(png(chunk(b"gAMA", struct.pack(">I", 1)), chunk(b"gAMA", struct.pack(">I", 2))))
    assert file.notes == {b"gAMA": struct.pack(">I", 1)}
    assert read_png(png(chunk(b"gAMA", b"abcd", sound=False))).notes == {}


def test_a_transparent_colour_belongs_to_grey_and_true_colour() -> None:
    grey = np.zeros((16, 16), np.uint8)
    note = chunk(b"tRNS", struct.pack(">3H", 1, 2, 3))
    assert read_png(raw_png(grey, 8, 0, note)).transparent_colour == (1,)
    assert read_png(raw_png(np.zeros((16, 48), np.uint8), 8, 2, note)).transparent_colour == (1, 2, 3)
    assert read_png(raw_png(np.zeros((16, 64), np.uint8), 8, 6, note)).transparent_colour is None
    short = chunk(b"tRNS", b"\0\1\0\2\0")
    assert read_png(raw_png(np.zeros((16, 48), np.uint8), 8, 2, short)).transparent_colour is None
    assert read_png(raw_png(grey, 8, 0, chunk(b"tRNS", b"\0\7"))).transparent_colour == (7,)


def test_a_transparent_colour_counts_in_every_row() -> None:
    samples = np.full((130, 16), 9, np.uint8)
    samples[[0, 63, 64, 127, 129]] = 200
    data = raw_png(samples, 8, 0, chunk(b"tRNS", struct.pack(">H", 200)))
    clear = np.nonzero(decoded(data)[:, 0, 3] == 0)[0]
    assert clear.tolist() == [0, 63, 64, 127, 129]


@pytest.mark.parametrize("head", [b"\0" * 12, b"\0" * 14])
def test_a_png_begins_with_its_header(head: bytes) -> None:
    for start in (chunk(b"IHDR", head), chunk(b"IDAT", head), b""):
        with pytest.raises(BadPictureError, match="damaged"):
            clean_picture(b"\x89PNG\r\n\x1a\n" + start + chunk(b"IEND", b""))


def test_a_png_of_endlessly_many_chunks_is_damaged() -> None:
    with pytest.raises(BadPictureError, match="damaged"):
        clean_picture(png(chunk(b"prVt", b"") * 200_000))


def test_what_is_packed_is_unpacked_up_to_a_limit() -> None:
    packed = zlib.compress(b"x" * 100)
    assert unpacked(packed, 100) == b"x" * 100
    assert unpacked(packed, 99) is None
    assert unpacked(packed[:-3], 100) is None
    assert unpacked(b"nonsense", 100) is None
    note = b"p\0\0" + zlib.compress(bytes(MAX_PROFILE_BYTES + 1))
    assert read_png(png(chunk(b"iCCP", note))).profile is None
    assert read_png(png(chunk(b"iCCP", b"p\0\1" + packed))).profile is None, "packed in a way nobody knows"
    assert read_png(png(chunk(b"iCCP", b"p\0\0" + packed))).profile == b"x" * 100


@pytest.mark.parametrize(
    ("width", "height", "scans", "slow"),
    [
        (100, 100, 100, False),
        (100, 100, 101, True),
        (5000, 5000, 16, False),  # 400 million pixels in all
        (5000, 5001, 16, True),
        (16_000, 16_000, 15, False),  # as photographs are
    ],
)
def test_when_a_jpeg_is_slow(width: int, height: int, scans: int, slow: bool) -> None:
    assert JpegFile(width=width, height=height, scans=scans).slow == slow


def test_the_passes_of_a_jpeg_are_counted() -> None:
    assert read_jpeg(jpeg()).scans == 1
    usual = read_jpeg(jpeg(progressive=True)).scans
    assert read_jpeg(scanned_again(jpeg(progressive=True), 7)).scans == usual + 7


def test_a_jpeg_of_endlessly_many_segments_is_slow() -> None:
    data = jpeg()
    pixels = data.index(b"\xff\xda")
    assert opened_jpeg(data[:pixels] + b"\xff\xfe\0\2" * 20_000 + data[pixels:]).slow
    assert not opened_jpeg(data[:pixels] + b"\xff\xfe\0\2" * 19_000 + data[pixels:]).slow


def test_filling_and_markers_without_a_body_are_passed_over() -> None:
    data = jpeg()
    for filling in (b"\xff", b"\xff\xff\xff", b"\xff\x01", b"\xff\xd8"):
        assert clean_picture(data[:2] + filling + data[2:]).png == clean_picture(data).png


def test_a_segment_shorter_than_its_own_length_is_damage() -> None:
    data = jpeg()
    for length in (0, 1, 0xFFFF):
        with pytest.raises(BadPictureError, match="damaged"):
            clean_picture(data[:2] + b"\xff\xe1" + struct.pack(">H", length))
    for lost in (b"\xff\xc0", b"\xff\xda"):
        with pytest.raises(BadPictureError, match="damaged"):
            clean_picture(data[: data.index(lost)] + b"\xff\xd9")


def test_notes_go_and_what_says_the_colours_stays() -> None:
    data = jpeg(comment=b"my home", exif=Image.Exif())
    kept = read_jpeg(data).pixels
    assert b"my home" not in kept
    assert b"JFIF" in kept
    ink = Image.new("CMYK", (32, 20), (10, 200, 60, 30))
    data = saved(ink, "JPEG", quality=100)
    assert b"Adobe" in read_jpeg(data).pixels, "or its inks would be the other way round"
    with Image.open(io.BytesIO(data)) as opened:
        wanted = np.asarray(as_srgb(opened.convert("CMYK"), None).picture).astype(int)
    assert np.abs(decoded(data) - wanted).max() <= 2


def test_a_profile_in_several_segments_is_put_together() -> None:
    raw = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + bytes(range(256)) * 600
    data = jpeg(icc_profile=raw)
    assert data.count(b"ICC_PROFILE\0") == 3
    assert read_jpeg(data).profile == raw
    second = data.index(b"ICC_PROFILE\0\2")
    assert read_jpeg(data.replace(b"ICC_PROFILE\0\2", b"ICC_PROFILE\0\5")).profile is None, "one is missing"
    first = data.index(b"ICC_PROFILE\0\1")
    swapped = bytearray(data)
    swapped[first + 12], swapped[second + 12] = 2, 1
    assert read_jpeg(bytes(swapped)).profile not in {None, raw}, "its numbers give the order"
    assert read_jpeg(jpeg()).profile is None


def test_a_profile_of_one_byte_is_read_and_an_empty_one_is_none() -> None:
    data = jpeg()
    for content in (b"", b"x"):
        body = b"ICC_PROFILE\0\1\1" + content
        segment = b"\xff\xe2" + (len(body) + 2).to_bytes(2, "big") + body
        assert (read_jpeg(data[:2] + segment + data[2:]).profile or b"") == content


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((8_000, 8_000), "damaged"),  # 64 million are taken
        ((8_001, 8_000), "too large"),
        ((16_384, 16), "damaged"),
        ((16_385, 16), "too large"),
        ((16, 16_384), "damaged"),
        ((15, 200), "too small"),
        ((200, 15), "too small"),
    ],
)
def test_sizes_are_judged_before_pixels(size: tuple[int, int], words: str) -> None:
    head = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"no pixels") + chunk(b"IEND", b"")
    with pytest.raises(BadPictureError, match=words):
        clean_picture(data)
    assert clean_picture(png(size=(16, 16))).width == 16


class Counted:
    """Stands for the lock on large pictures."""

    times = 0

    def __enter__(self) -> None:
        self.times += 1

    def __exit__(self, *_: object) -> None:
        """Nothing to give back."""


@pytest.mark.parametrize(("size", "times"), [((30, 20), 0), ((20, 30), 0), ((31, 20), 1), ((20, 31), 1)])
def test_large_pictures_are_decoded_one_at_a_time(
    size: tuple[int, int], times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = Counted()
    monkeypatch.setattr(check, "_LARGE_PIXELS", 600)
    monkeypatch.setattr(check, "large_picture", lock)
    assert clean_picture(png(size=size)).width == size[0]
    assert lock.times == times


def test_a_file_is_read_up_to_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(png())
    assert read_picture_file(file).png == clean_picture(png()).png
    with pytest.raises(BadPictureError, match="is a folder") as caught:
        read_picture_file(tmp_path)
    assert caught.value.remedy
    with pytest.raises(BadPictureError, match="is not there"):
        read_picture_file(tmp_path / "none.png")
    with pytest.raises(BadPictureError):
        read_picture_file(tmp_path / "a\0b.png")
    with file.open("r+b") as opened:
        opened.truncate(MAX_BYTES + 1)
    with pytest.raises(BadPictureError, match="more than 64 MB"):
        read_picture_file(file)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"RIFF\0\0\0\0WEBP", "WebP"),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"BM" + bytes(4) + b"\0\0\0\1", None),
        (branded(b"isom", *[b"xxxx"] * 58, b"heic"), "HEIC"),  # the last of 256 bytes
        (branded(b"isom", *[b"xxxx"] * 60, b"heic"), "a video"),
        (branded(b"isom", *[b"xxxx"] * 59, b"heic")[:-64], "HEIC"),
        (branded(b"crx ", b"heic"), "HEIC"),
        (struct.pack(">I", 16) + b"ftypisom\0\0\0\0heic", "a video"),  # beyond the box
        (b"\xef\xbb\xbf<svg>", "SVG"),
        (b"\xff\xfe" + "<html>".encode("utf-16-le"), "a web page"),
        (b"\xfe\xff" + "<svg/>".encode("utf-16-be"), "SVG"),
        (b" " * 4091 + b"<svg>", "SVG"),
        (b" " * 4092 + b"<svg>", None),
        (b"II+\0" + bytes(9), "TIFF"),
        (b"", None),
    ],
)
def test_what_a_file_is(data: bytes, kind: str | None) -> None:
    assert kind_of(data) == kind


def test_a_reference_is_small_and_on_white() -> None:
    picture = Image.new("RGBA", (2000, 500), (0, 0, 0, 0))
    picture.paste((200, 0, 0, 255), (0, 0, 1000, 500))
    with Image.open(io.BytesIO(reference_copy(saved(picture, "PNG")))) as small:
        assert (small.mode, small.size) == ("RGB", (REFERENCE_PX, 256))
        assert small.getpixel((20, 20)) == (200, 0, 0)
        assert small.getpixel((1000, 200)) == (255, 255, 255)
    with Image.open(io.BytesIO(reference_copy(png(size=(30, 40))))) as same:
        assert same.size == (30, 40)
        assert same.getpixel((3, 3)) == (128, 128, 128)


def test_a_file_may_be_as_large_as_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = png()
    monkeypatch.setattr(check, "MAX_BYTES", len(data))
    assert clean_picture(data).width == 24
    monkeypatch.setattr(check, "MAX_BYTES", len(data) - 1)
    with pytest.raises(BadPictureError, match="more than"):
        clean_picture(data)


@pytest.mark.parametrize(("colour_type", "data_chunks", "kept"), [(2, 1, 0), (3, 1, 1), (3, 2, 1)])
def test_only_a_palette_has_its_opacities_and_once(colour_type: int, data_chunks: int, kept: int) -> None:
    head = struct.pack(">IIBBBBB", 1, 1, 8, colour_type, 0, 0, 0)
    parts = [(b"IHDR", head), (b"PLTE", bytes(6)), (b"tRNS", bytes(6)), *[(b"IDAT", b"x")] * data_chunks]
    file = SIGNATURE + b"".join(chunk(kind, body) for kind, body in parts) + chunk(b"IEND", b"")
    assert read_png(file).pixels.count(b"tRNS") == kept
