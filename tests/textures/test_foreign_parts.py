"""What the decoding process works out, without the process: sizes, units, links, pixels, answers."""

from __future__ import annotations

import gzip
import io
import json
import struct
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from packdesk.textures.foreign import svg, unpacking
from packdesk.textures.foreign.answer import Head
from packdesk.textures.foreign.raster import _code_points, _has_composite, _has_other_pixels, _plain
from packdesk.textures.foreign.worker import FaultError, Wanted

if TYPE_CHECKING:
    from packdesk.textures.foreign.answer import Fault

WANTED = Wanted(most_pixels=1_000_000, most_side=4_000, cover=(0, 0))


def drawing(**attributes: str) -> ET.Element:
    return ET.Element("svg", attributes)


@pytest.mark.parametrize(
    ("text", "pixels"),
    [
        ("96", 96.0),
        ("1.5px", 1.5),
        ("72pt", 96.0),
        ("6pc", 96.0),
        ("25.4mm", 96.0),
        ("2.54 CM", 96.0),
        ("1in", 96.0),
        ("+.5e1", 5.0),
        ("100%", 0.0),
        ("3em", 0.0),
        ("-4", 0.0),
        ("", 0.0),
    ],
)
def test_lengths_of_svg_are_in_pixels_of_a_96th_of_an_inch(text: str, pixels: float) -> None:
    assert svg._length(text) == pytest.approx(pixels)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ({"width": "30", "height": "20"}, (30, 20)),
        ({"width": "30", "height": "20", "viewBox": "0 0 5 5"}, (30, 20)),
        ({"viewBox": "1 2,30 20"}, (30, 20)),
        ({"viewBox": "0 0 30 20", "width": "60"}, (60, 40)),
        ({"viewBox": "0 0 30 20", "height": "60"}, (90, 60)),
        ({"viewBox": "0 0 30 20", "width": "100%", "height": "100%"}, (30, 20)),
        ({"viewBox": "0 0 0 20"}, (100, 100)),
        ({"viewBox": "0 0 30 0"}, (100, 100)),
        ({"viewBox": "0 0 30"}, (100, 100)),
        ({"height": "7"}, (100, 7)),
        ({}, (100, 100)),
    ],
)
def test_the_size_of_a_drawing(attributes: dict[str, str], size: tuple[float, float]) -> None:
    made = drawing(**attributes)
    assert svg.size_of_drawing(made) == pytest.approx(size)
    seen = [float(number) for number in made.get("viewBox", "").replace(",", " ").split()]
    usable = len(seen) == 4 and seen[2] > 0 and seen[3] > 0
    assert usable, "without one, nothing would be scaled"


def test_what_a_drawing_links_to_is_cut_off() -> None:
    kept, cut = (
        ("#a", " data:image/png;base64,AA", "#"),
        ("a.svg#b", "file:///a", "data:text/html,a", "//b/c"),
    )
    made = drawing()
    for link in (*kept, *cut):
        ET.SubElement(made, "use", {"href": link, f"{{{svg._XLINK}}}href": link, "x": "1"})
    group = ET.SubElement(made, "g")
    ET.SubElement(group, f"{{{svg._SVG}}}script").text = "alert(1)"
    ET.SubElement(group, "rect")
    svg.cut_off(made)
    left = [sorted(use.attrib) for use in made.findall("use")]
    assert left == [sorted(["href", f"{{{svg._XLINK}}}href", "x"])] * len(kept) + [["x"]] * len(cut)
    assert [child.tag for child in group] == ["rect"]


def test_a_packed_drawing_is_unpacked_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(b"a" * 5000)
    assert unpacking.unpacked(packed) == b"a" * 5000
    assert unpacking.unpacked(b"<svg/>") == b"<svg/>"
    for bad in (packed[:-9], packed):
        with pytest.raises(FaultError, match="damaged"):
            unpacking.unpacked(bad)
        monkeypatch.setattr(unpacking, "_MOST_BYTES", 4999)


@pytest.mark.parametrize(
    ("size", "allowed"),
    [
        ((1000, 1000), True),
        ((1000, 1001), False),
        ((4000, 250), True),
        ((4001, 1), False),
        ((1, 4001), False),
    ],
)
def test_which_pictures_may_be_decoded(size: tuple[int, int], *, allowed: bool) -> None:
    assert WANTED.allows(*size) is allowed


@pytest.mark.parametrize(
    ("wanted", "size", "own", "scale"),
    [
        (WANTED, (1000, 500), 3, 3),  # its own size at 300 dpi
        (WANTED, (100, 50), 1, 10.24),  # at least 1024 pixels
        (Wanted(10**9, 4000, (2000, 0)), (500, 500), 1, 4),  # as wide as its panel
        (Wanted(10**9, 4000, (0, 3000)), (500, 500), 1, 6),  # or as high
        (WANTED, (8000, 10), 3, 0.5),  # and no longer than may be
        (Wanted(10**9, 10**9, (0, 0)), (8192, 8192), 3, 0.5),  # nor larger
    ],
)
def test_how_large_a_drawing_is_drawn(
    wanted: Wanted, size: tuple[float, float], own: float, scale: float
) -> None:
    found = wanted.scale(*size, own)
    assert scale * (1 - 2e-6) < found < scale


@pytest.mark.parametrize(
    ("mode", "plain"),
    [
        *[("1", "L"), ("L", "L"), ("I", "L"), ("I;16", "L"), ("LA", "LA"), ("La", "LA"), ("P", "RGB")],
        *[
            ("PA", "RGBA"),
            ("RGBX", "RGB"),
            ("RGBa", "RGBA"),
            ("YCbCr", "RGB"),
            ("CMYK", "CMYK"),
            ("LAB", "LAB"),
        ],
    ],
)
def test_pixels_come_in_one_of_few_modes(mode: str, plain: str) -> None:
    assert _plain(Image.new(mode, (2, 2))).mode == plain


def test_pixels_of_other_kinds_are_refused_and_clear_ones_stay_clear() -> None:
    with pytest.raises(FaultError, match="pixels"):
        _plain(Image.new("F", (2, 2)))
    for mode in ("P", "RGB", "L"):
        picture = Image.new(mode, (2, 2))
        picture.info["transparency"] = (0, 0, 0) if mode == "RGB" else 0
        assert _plain(picture).getpixel((0, 0)) == (0, 0, 0, 0)
    assert _plain(Image.new("I;16", (1, 1), 65535)).getpixel((0, 0)) == 255
    assert _plain(Image.new("I;16", (1, 1), 257 * 100)).getpixel((0, 0)) == 100


def test_sound_files_of_other_pixels_are_told_from_damaged_ones() -> None:
    floats = io.BytesIO()
    Image.new("F", (2, 2)).save(floats, "TIFF")
    odd = floats.getvalue().replace(struct.pack("<HHII", 258, 3, 1, 32), struct.pack("<HHII", 258, 3, 1, 24))
    assert odd != floats.getvalue()
    deep = b"8BPS" + bytes(18) + b"\0\x10"
    for data, kind, other in (
        (odd, "TIFF", True),
        (b"II", "TIFF", False),
        (odd, "AVIF", False),
        (deep, "PSD", False),
        (deep[:-1] + b"\x20", "PSD", True),
        (deep[:-1] + b"\x08", "PSD", False),
        (deep, "TIFF", False),
    ):
        assert _has_other_pixels(data, kind) is other, kind


def test_the_code_points_of_an_avif() -> None:
    box = b"colrnclx\x00\x0c\x01\x0d\x00\x05\x80"
    assert _code_points(b"abc" + box) == (12, 269)
    assert _code_points(box[:12]) == (12, 269)
    assert _code_points(box[:11]) is None
    assert _code_points(b"colrprof" + bytes(20)) is None


def test_photoshop_notes_whether_it_wrote_the_flattened_picture() -> None:
    def has(*resources: tuple[int, str, bytes]) -> bool:
        return _has_composite(cast("Image.Image", SimpleNamespace(resources=list(resources))))

    assert has((1057, "", b"\0\0\0\1\1rest"))
    assert not has((1005, "", b"\0\0\0\1\1"), (1057, "", b"\0\0\0\1\0"))
    assert has((1057, "", b"\0\0\0\1"))
    assert has((1056, "", b"\0\0\0\1\0"))
    assert has()


def test_an_answer_is_read_as_it_was_written() -> None:
    for head in (Head(3, 2, "RGB", (1, 13)), Head(0, 0), Head(9, 9, "CMYK")):
        assert Head.decoded(head.encoded()) == head


@pytest.mark.parametrize(
    "changed",
    [
        *[{"width": -1}, {"height": -1}, {"width": 1.5}, {"height": "2"}, {"mode": "F"}],
        *[{"mode": []}, {"code_points": [1]}, {"code_points": {}}, {"code_points": [None, 1]}],
    ],
)
def test_an_answer_that_is_none_is_no_head(changed: dict[str, object]) -> None:
    told = {"width": 3, "height": 2, "mode": "RGB", "code_points": None} | changed
    with pytest.raises(ValueError, match="not an answer"):
        Head.decoded(json.dumps(told).encode())
    with pytest.raises(ValueError, match="not an answer"):
        Head.decoded(b"[]")


def test_a_fault_is_named() -> None:
    fault: Fault = "locked"
    assert FaultError(fault).fault == "locked"
