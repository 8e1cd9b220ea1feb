"""The barcode is a real one, with a number no shop sells."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from packdesk.generation.offline.barcode import ASPECT, article_number, modules, paint_barcode
from packdesk.generation.offline.canvas import Canvas
from packdesk.generation.offline.lettering import ensure_typefaces


@pytest.mark.parametrize("seed", [0, 1, 2**63])
def test_numbers_have_a_valid_check_digit_and_the_in_store_prefix(seed: int) -> None:
    number = article_number(seed)
    assert len(number) == 13
    assert number[0] == "2"
    assert sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(number)) % 10 == 0


def test_modules_of_a_known_number() -> None:
    odd_0, even_0, right_0, right_8 = "0001101", "0100111", "1110010", "1001000"
    left = odd_0 + odd_0 + even_0 + even_0 + odd_0 + even_0
    assert modules("2000000000008") == f"101{left}01010{right_0 * 5}{right_8}101"


def test_every_number_has_95_modules() -> None:
    assert len(modules(article_number(12345))) == 95


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("width_px", "pixels"), [(945, 3), (1181, 4), (2362, 8), (2000, 6)])
def test_every_bar_is_one_rectangle_on_whole_pixels_with_white_beside_it(width_px: int, pixels: int) -> None:
    ensure_typefaces()
    number, rect = article_number(7), QRectF(33.33, 40.07, 38, 38 * ASPECT)
    canvas = Canvas((100, 80), (width_px, round(width_px * 0.8)), ground=QColor("#c08040"))
    with canvas:
        place = paint_barcode(canvas, rect, number)
    height, width = canvas.image.height(), canvas.image.width()
    image = np.frombuffer(canvas.image.constBits(), np.uint8).reshape(height, width, 4)
    row = image[round(rect.center().y() / 80 * height), :, 0]
    assert place.module == pytest.approx(pixels * 100 / width_px)
    runs = [(int(value), len(list(run))) for value, run in groupby(row)]
    black = [at for at, (value, _) in enumerate(runs) if value == 0]
    code = runs[black[0] : black[-1] + 1]
    assert {value for value, _ in code} == {0, 255}, "nothing grey"
    told = "".join(("1" if value == 0 else "0") * (length // pixels) for value, length in code)
    assert (told, sum(length % pixels for _, length in code)) == (modules(number), 0)
    before, behind = runs[black[0] - 1], runs[black[-1] + 1]
    assert (before[0], behind[0]) == (255, 255)
    assert (before[1] >= 11 * pixels, behind[1] >= 7 * pixels) == (True, True)
