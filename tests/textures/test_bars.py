"""Codes as modules, read by another program."""

from __future__ import annotations

import numpy as np
import pytest
import segno

from packdesk.domain.objects.symbology import Symbology
from packdesk.textures.objects.bars import modules_of

zxing = pytest.importorskip("zxingcpp")


@pytest.mark.parametrize(("words", "declared"), [("Grüner Tee, 茶", True), ("https://example.com", False)])
def test_a_qr_code_declares_letters_that_are_not_ascii(words: str, *, declared: bool) -> None:
    dark = np.pad(modules_of(Symbology.QR, words), 4)
    (code,) = zxing.read_barcodes(np.kron(np.where(dark, 0, 255), np.ones((4, 4))).astype(np.uint8))
    assert code.text == words
    guessed = np.array(segno.make_qr(words, error="m").matrix, bool)
    assert (not np.array_equal(modules_of(Symbology.QR, words), guessed)) is declared
