"""Codes as modules, read by another program."""

from __future__ import annotations

import numpy as np
import pytest
import segno
from PIL import Image, ImageDraw

from packdesk.domain.objects.numbers import ARTICLE_DIGITS
from packdesk.domain.objects.outline import steps
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.values import Barcode
from packdesk.textures.objects.bars import drawn_code, modules_of

zxing = pytest.importorskip("zxingcpp")


@pytest.mark.parametrize(("words", "declared"), [("Grüner Tee, 茶", True), ("https://example.com", False)])
def test_a_qr_code_declares_letters_that_are_not_ascii(words: str, *, declared: bool) -> None:
    dark = np.pad(modules_of(Symbology.QR, words), 4)
    (code,) = zxing.read_barcodes(np.kron(np.where(dark, 0, 255), np.ones((4, 4))).astype(np.uint8))
    assert code.text == words
    guessed = np.array(segno.make_qr(words, error="m").matrix, bool)
    assert (not np.array_equal(modules_of(Symbology.QR, words), guessed)) is declared


@pytest.mark.parametrize("kind", ARTICLE_DIGITS)
def test_what_waits_for_its_number_is_read_as_none(kind: Symbology) -> None:
    def read(value: str) -> list[str]:
        drawn, found = drawn_code(Barcode(id="c", symbology=kind, value=value, digits=False)), []
        for scale in (6, 12, 24):
            picture = Image.new("L", (int(drawn.width * scale), int(drawn.height * scale)), 255)
            places = np.array([place for step, place in steps(drawn.bars) if step != "Z"]).reshape(-1, 4, 2)
            for corners in places * scale:
                ImageDraw.Draw(picture).rectangle((*corners[0], *corners[2]), fill=0)
            turned = (picture.rotate(turn, expand=True, fillcolor=255) for turn in (0, 7, -20))
            found += [one.text for each in turned for one in zxing.read_barcodes(each)]
        return found

    assert read("0" * ARTICLE_DIGITS[kind]), "what has its number is read so"
    assert read("{code}") == []
