"""Lettering stays inside its plate, whatever the name."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QImage, QPainterPath

from packdesk.generation.offline import plates
from packdesk.generation.offline.canvas import Canvas
from packdesk.generation.offline.families import FAMILIES
from packdesk.generation.offline.labels import for_small_type, monogram, paint_backprint, paint_lockup
from packdesk.generation.offline.lettering import (
    SANS,
    SANS_SEMIBOLD,
    SERIF_BOLD,
    Face,
    ensure_typefaces,
    set_line,
    set_name,
    wrap,
)
from packdesk.generation.offline.plates import LabelPlate, Shape, front_shape, paint_plate, text_shape
from packdesk.generation.offline.style import read_prompt

pytestmark = pytest.mark.usefixtures("typefaces")

SHAPES = [plates.RECTANGLE, plates.ROUNDED, plates.OVAL, plates.ARCH, plates.OCTAGON, plates.TICKET]
NAMES = [
    "A",
    "Sol Field",
    "Wolkenstein & Söhne Manufakt",
    "Unbreakablesinglewordnamesss",
    "ÅÄÉ Ñgjpqy",
    "Чайный Дом",
    "さくら堂",
    "مقهى الورد",
]


@pytest.fixture
def typefaces(qapp: QGuiApplication) -> None:
    ensure_typefaces()


def pixels(image: QImage) -> npt.NDArray[np.uint8]:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()


@pytest.mark.parametrize("face", [SERIF_BOLD, SANS, SANS_SEMIBOLD])
def test_the_bundled_typefaces_are_used(face: Face) -> None:
    assert QFontInfo(face.font(20, 0)).family() == face.family


def test_lettering_is_measured_by_its_capitals() -> None:
    line = set_line("HEH", SERIF_BOLD)
    assert line.ascent == pytest.approx(1, abs=0.01)
    assert line.descent == pytest.approx(0, abs=0.01)
    assert line.path.boundingRect().center().x() == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_fits_its_width(name: str) -> None:
    lines, size = set_name(name, SERIF_BOLD, 0, width=40, height=9)
    assert 0 < size <= 9
    assert all(line.width * size <= 40.001 for line in lines)


def test_a_long_name_takes_several_lines_and_a_short_one_does_not() -> None:
    assert len(set_name("Sol", SERIF_BOLD, 0, width=40, height=9)[0]) == 1
    assert len(set_name("Wolkenstein & Söhne Manufakt", SERIF_BOLD, 0, width=40, height=9)[0]) > 1


def test_paragraphs_break_within_the_width() -> None:
    text = "Keep it in a cool, dry place and enjoy it within six months of opening."
    lines = wrap(text, SANS, 20)
    assert " ".join(lines) == text
    assert len(lines) > 2
    assert all(set_line(line, SANS).width <= 20 for line in lines)


def test_paragraphs_leave_no_single_word_on_the_last_line() -> None:
    text = "Keep cool, dry and out of direct sunlight."
    lines = wrap(text, SANS, set_line(text, SANS).width * 0.9)
    widths = [set_line(line, SANS).width for line in lines]
    assert len(lines) == 2
    assert min(widths) > max(widths) / 2


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [(60, 90), (90, 60)])
def test_a_plate_is_as_wide_as_it_says(shape: Shape, size: tuple[int, int]) -> None:
    plate = LabelPlate(shape, QRectF(5, 7, *size))
    path, middle = shape.path(plate.rect), plate.rect.center().x()
    for step in range(1, 40):
        y = plate.rect.top() + plate.rect.height() * step / 40
        half = plate.width_between(y, y) / 2
        assert path.contains(QPointF(middle - half + 0.3, y))
        assert path.contains(QPointF(middle + half - 0.3, y))
        assert not path.contains(QPointF(middle + half + 0.5, y))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", NAMES)
def test_a_label_keeps_its_lettering_inside_the_rules(family: str, name: str) -> None:
    style = for_small_type(read_prompt(f'{family} tea "{name}" "Morning Light Espresso"'))
    for label, rect in (("front", QRectF(2, 2, 56, 80)), ("back", QRectF(2, 2, 56, 34))):
        shape = front_shape(family, rect) if label == "front" else text_shape(family)
        plain, lettered = make_canvas(), make_canvas()
        with plain, lettered:
            paint_plate(plain, LabelPlate(shape, rect), style.palette)
            (paint_lockup if label == "front" else paint_backprint)(lettered, style, rect)
        changed = (pixels(plain.image) != pixels(lettered.image)).any(axis=2)
        size = min(rect.width(), rect.height())
        allowed = shape.path(LabelPlate(shape, rect).inset(size * 0.074).rect)
        assert changed.any()
        assert not (changed & ~_mask(allowed)).any()


def make_canvas() -> Canvas:
    return Canvas((60, 84), (240, 336), ground=QColor("black"))


def _mask(path: QPainterPath) -> npt.NDArray[np.bool_]:
    canvas = make_canvas()
    with canvas:
        canvas.fill(QColor("white"))
        canvas.painter.drawPath(path)
    return np.asarray(pixels(canvas.image)[..., 0] > 0)


@pytest.mark.parametrize(
    ("brand", "initials"),
    [
        ("Sol Field", "SF"),
        ("Otter & Oak", "O&O"),
        ("käferhaus", "K"),
        ("a b c d", "ABC"),
        ("堂", "堂"),
        ("7", "7"),
    ],
)
def test_monograms(brand: str, initials: str) -> None:
    assert monogram(brand) == initials
