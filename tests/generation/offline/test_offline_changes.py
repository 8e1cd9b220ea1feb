"""The painter on this computer changes colours, and says what it passed over."""

from __future__ import annotations

import colorsys
import io

import numpy as np
import pytest
from PIL import Image

from packdesk.domain.request import PictureChange
from packdesk.errors import GenerationFailedError
from packdesk.generation.offline.palette import METALS, TONES
from packdesk.generation.offline.recolouring import read_change, recoloured

JADE, GOLD = TONES["emerald"].mid, METALS["gold"]


@pytest.mark.parametrize(
    ("words", "colours", "passed"),
    [
        ("in jade and gold", [JADE, GOLD], []),
        ("Mach es in Jade und Gold", [JADE, GOLD], []),
        ("die Blüten blau", [TONES["blue"].mid], ["bluten"]),
        ("make the flowers blue", [TONES["blue"].mid], ["flowers"]),
        ("add a whale, no red", [], ["add", "whale"]),
        ("weinrot statt grün", [TONES["burgundy"].mid], ["statt grün"]),
    ],
)
def test_colour_words_are_understood(words: str, colours: list[str], passed: list[str]) -> None:
    found, unknown = read_change(words)
    assert found == colours
    assert unknown == passed


def test_hues_change_and_paper_stays() -> None:
    pixels = np.full((60, 90, 3), 250, np.uint8)
    pixels[:, 30:60] = (200, 60, 50)
    pixels[:20, 60:] = (60, 120, 60)
    made = recoloured(_change(pixels), "in blue and gold")
    after = _pixels(made.png)
    assert np.abs(after[:, :30].astype(int) - 250).max() <= 1  # paper
    assert _hue(after[30, 45]) == pytest.approx(_hue(_rgb(TONES["blue"].mid)), abs=0.06)  # the larger one
    assert _hue(after[10, 75]) == pytest.approx(_hue(_rgb(GOLD)), abs=0.06)
    assert made.png == recoloured(_change(pixels), "in blue and gold").png
    assert made.notes == ()


def test_what_was_passed_over_is_told() -> None:
    made = recoloured(
        _change(np.full((20, 20, 3), (200, 60, 50), np.uint8)), "make the flowers blue and bigger"
    )
    assert made.notes == (
        "Only colours are understood by the painter on this computer. Passed over: flowers, bigger.",
    )


def test_without_a_colour_there_is_a_sentence() -> None:
    with pytest.raises(GenerationFailedError, match="none is named"):
        recoloured(_change(np.zeros((20, 20, 3), np.uint8)), "add a whale")


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_picture_without_colours_can_be_asked_for_some(grey: int) -> None:
    recoloured(_change(np.full((20, 20, 3), grey, np.uint8)), "in jade, gold, red and blue")


def test_bare_board_stays_bare() -> None:
    pixels = np.zeros((20, 20, 4), np.uint8)
    pixels[:, 10:] = (200, 60, 50, 255)
    made = Image.open(io.BytesIO(recoloured(_change(pixels), "blue").png))
    assert made.mode == "RGBA"
    assert np.array_equal(np.asarray(made)[..., 3], pixels[..., 3])


def _change(pixels: np.ndarray) -> PictureChange:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    height, width = pixels.shape[:2]
    return PictureChange(present=buffer.getvalue(), width=width, height=height, box=(0, 0, width, height))


def _pixels(png: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(png)) as opened:
        return np.asarray(opened)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _hue(rgb: object) -> float:
    return colorsys.rgb_to_hsv(*(int(part) / 255 for part in rgb))[0]  # type: ignore[attr-defined]
