"""What is sure to fail a row is told before anything is made, and of rows that pass nothing is."""

from __future__ import annotations

import os
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from support.ranges import CODES, Range, base_file

from packdesk.batch.foresight import Foresight
from packdesk.domain.objects.values import Across, Barcode, Text

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

PAINTED = (
    "brand;picture front;width;height;depth;code",
    "Sol;;;;;",
    "Sol \U0001f375;;;;;",
    f"Sol;;14;16;12;{CODES[0]}",
    f"Sol;;50;70;30;{CODES[1]}",
    "Sol;coarse.png;;;;",
    "Sol;none.png;;;;",
    "Sol;fine.jpg;;;;",
)
NAME = Text(id="text-1", words="{product}", x=5, y=5, width=60, size=24, across=Across.LEFT)
CODE = Barcode(id="barcode-1", value="4006381333931", x=15, y=30)
PIXEL = "its bars have less than a pixel at 150 dpi."
LAID = (f"product;code;width\nTea;{CODES[0]};", f"{'W ' * 95};;", "\U0001f375;;", f"Soap;{CODES[1]};20")


def seen(one: Range, **limits: int) -> list[tuple[str, str]]:
    foresight = Foresight(one.base, one.provider.profile, one.options, one.folder, **limits)
    return [
        (problem.place, problem.error.sentence) for problem in one.plan(foresee=foresight.problems).problems
    ]


BOMB = b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
ABBREVIATED = BOMB.replace(b'SYSTEM "file:///etc/passwd"', b'"x"')


def test_files_that_are_no_pictures_are_told_before(tmp_path: Path, base: Path) -> None:
    (tmp_path / "words.png").write_text("root:x:0:0")
    (tmp_path / "bomb.svg").write_bytes(BOMB)
    (tmp_path / "fine.svg").write_bytes(ABBREVIATED)
    header = struct.pack(">4sIIBBBBB", b"IHDR", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    (tmp_path / "huge.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I4s", 0, b"IDAT") + b"1234"
    )
    os.mkfifo(tmp_path / "pipe.png")
    names = ("words.png", "bomb.svg", "huge.png", "fine.svg", "pipe.png", "/dev/zero")
    one = Range(tmp_path, base, "file;front\n" + "\n".join(f"{n};{name}" for n, name in enumerate(names)))
    assert seen(one) == [
        ("row 2, column “front”", "This is no picture packdesk can read."),
        (
            "row 3, column “front”",
            "The drawing has entities that are not read: they name files, or grow without end.",
        ),
        ("row 4, column “front”", "The picture is too large: 60000 x 60000 pixels."),
        ("row 6, column “front”", f"{tmp_path / 'pipe.png'} is not a file."),
        ("row 7, column “front”", "/dev/zero is not a file."),
    ]


def failed(one: Range) -> list[int]:
    records = [one.maker().make(order)[0] for order in one.plan("{row}").orders]
    return [record.row for record in records if record.state == "failed"]


def test_what_fails_a_painted_row_is_told_before(tmp_path: Path, base: Path) -> None:
    Image.new("RGB", (40, 40)).save(tmp_path / "coarse.png")
    (tmp_path / "none.png").write_bytes(b"\x89PNG\r\n\x1a\n no more")  # only looking at all of it would tell
    turned = Image.new("RGB", (1500, 1200))
    turned.getexif()[0x0112] = 6
    turned.save(tmp_path / "fine.jpg", exif=turned.getexif())
    one = Range(tmp_path, base, "\n".join(PAINTED))
    told = seen(one)
    assert told == [
        ("row 3, column “brand”", "“\U0001f375” cannot be set in the fonts here and was left out."),
        (
            "row 4, column “code”",
            f"The barcode is too small to be read: {PIXEL}",
        ),
        ("row 6, column “picture front”", "The picture of the front panel is too coarse for print: 11 dpi."),
    ]
    assert failed(one) == [3, 4, 6, 7]
    assert seen(one, most=0) == told[2:], "labels are not tried without end"


@pytest.fixture(scope="module")
def laid(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base_file(tmp_path_factory.mktemp("laid"), {"front": [NAME], "back": [CODE]})


def test_what_fails_a_row_of_objects_is_told_before(tmp_path: Path, laid: Path) -> None:
    one = Range(tmp_path, laid, "\n".join(LAID))
    told = seen(one)
    assert {place for place, _ in told} == {f"row {row}, column “product”" for row in (3, 4, 5)} | {"row 5"}
    assert any("reaches over the edge of its panel" in sentence for _, sentence in told)
    assert failed(one) == [3, 4, 5]


def test_coarse_artwork_below_objects_is_told_as_without_them(tmp_path: Path, laid: Path, base: Path) -> None:
    table = "width\n70\n300"
    bare, below = Range(tmp_path, base, table), Range(tmp_path, laid, table)
    told = seen(bare)
    assert ("row 3", "The picture of the front panel is too coarse for print: 35 dpi.") in told
    assert seen(below) == told
    order = below.plan("{row}").orders[1]
    reason = below.maker().make(order)[0].reason
    assert [sentence for _, sentence in told if sentence not in reason] == []


def test_coarse_panels_of_the_base_design_are_told(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, "width;height;depth\n69;;\n300;400;200")
    assert {place for place, _ in seen(one)} == {"row 3"}
    foresight = Foresight(one.base, one.provider.profile, one.options, one.folder)
    remedies = {problem.error.remedy for problem in one.plan(foresee=foresight.problems).problems}
    assert remedies == {"Give the row a prompt, and it is painted for its size."}
    assert failed(one) == [3]
