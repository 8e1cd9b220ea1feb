"""What pixels tell before print: where artwork ends, thin light lines, and words near an edge."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw
from support.flat import png

from packdesk.domain.area_finish import AreaFinish, AreaKind, ColourRange
from packdesk.domain.panels import FlatSize
from packdesk.generation.offline.barcode import modules
from packdesk.textures.codes import till_codes
from packdesk.textures.inspecting import inspect
from packdesk.textures.lettering import can_read, read_lettering

SIZE = FlatSize(width=50, height=50)
PER_MM = 12  # about 300 dpi


def lines(width: int, line: tuple[int, int, int], ground: tuple[int, int, int]) -> bytes:
    picture = Image.new("RGB", (50 * PER_MM, 50 * PER_MM), ground)
    pen = ImageDraw.Draw(picture)
    for place in range(50, 550, 50):
        pen.rectangle((50, place, 549, place + width - 1), fill=line)
    return png(picture)


@pytest.mark.parametrize(
    ("width", "line", "ground", "seen"),
    [
        (2, (255, 250, 240), (20, 30, 90), True),
        (4, (255, 250, 240), (20, 30, 90), False),  # 0.33 mm
        (2, (255, 255, 255), (20, 20, 20), False),  # on black alone
        (2, (20, 30, 90), (255, 250, 240), False),  # dark on light stays open
        (2, (195, 165, 98), (20, 30, 90), False),  # gold: ink, not bare paper
    ],
)
def test_thin_light_lines_on_dark_inks(
    width: int, line: tuple[int, int, int], ground: tuple[int, int, int], seen: bool
) -> None:
    length = inspect(lines(width, line, ground), SIZE).thin
    assert length == pytest.approx(10 * 500 / PER_MM if seen else 0, rel=0.05)


def test_where_artwork_ends() -> None:
    pixels = np.full((60, 60, 4), 255, np.uint8)
    assert inspect(png(Image.fromarray(pixels)), SIZE).rim == 1
    pixels[:10, :, 3] = pixels[-10:, :, 3] = 0  # shown whole, with bare board above and below
    assert inspect(png(Image.fromarray(pixels)), SIZE).rim == pytest.approx(1 / 3, abs=0.02)
    pixels[:, :10, 3] = pixels[:, -10:, 3] = 0
    assert inspect(png(Image.fromarray(pixels)), SIZE).rim == 0


@pytest.mark.parametrize("stretch", [1.0, 2.0])
def test_a_code_says_how_large_it_is(stretch: float) -> None:
    pixels = np.full((600, 600), 255, np.uint8)
    pixels[100:300, 60 : 60 + 4 * 95] = 255 * (
        1 - np.repeat([int(bit) for bit in modules("4006381333931")], 4)
    )
    picture = Image.fromarray(pixels)
    (code,) = till_codes(png(picture), FlatSize(width=50 * stretch, height=50))
    assert code.number == "4006381333931"
    assert code.share == pytest.approx(stretch * 4 / 12 / 0.33, rel=0.01)
    assert code.place is not None
    assert code.place[0] < 0.3 < code.place[2]
    assert till_codes(png(Image.new("L", (60, 60), "white")), SIZE) == ()


def test_a_finish_that_takes_nothing_is_known() -> None:
    picture = png(Image.new("RGB", (40, 40), "#803020"))
    areas = [
        AreaFinish("front", AreaKind.FOIL, ColourRange("#803020")),
        AreaFinish("front", AreaKind.EMBOSS, ColourRange("#c0c0c0")),
        AreaFinish("front", AreaKind.WHITE),
    ]
    assert inspect(picture, SIZE, areas).bare == (AreaKind.EMBOSS,)
    assert inspect(picture, SIZE).bare == ()


def test_words_are_read_where_a_reader_is() -> None:
    picture = Image.new("RGB", (600, 600), "white")
    ImageDraw.Draw(picture).text((12, 250), "HERBAL TEA", fill="black", font_size=60)
    found = read_lettering(png(picture), SIZE)
    if not can_read():
        assert found is None
        return
    assert found is not None
    assert [one.words.replace(" ", "") for one in found] == ["HERBALTEA"]
    assert found[0].inside == pytest.approx(1.2, abs=0.5)


def test_the_gaps_of_a_code_are_no_thin_lines() -> None:
    picture = Image.open(io.BytesIO(lines(2, (255, 255, 255), (10, 10, 10))))
    canvas = Image.new("RGB", (1200, 600), (20, 30, 90))  # the rest of the panel is of several inks
    canvas.paste(picture, (0, 0))
    assert inspect(png(canvas), FlatSize(width=100, height=50)).thin == 0
