"""Pieces of sheets have the pixels of their panels."""

from __future__ import annotations

from PIL import Image

from packdesk.domain.affine import Affine
from packdesk.domain.panels import FlatSize
from packdesk.domain.sheet.placement import SheetPiece
from packdesk.domain.units import MAX_PIXELS_PER_SIDE, pixel_size
from packdesk.textures.sheet_cutting import piece_picture


def test_a_piece_of_a_very_long_panel_is_scaled_once() -> None:
    """A wrap of 600 mm: cut at the sheet's own pixels, it would be scaled down a second time."""
    size = FlatSize(width=1885.0, height=20.0)
    piece = SheetPiece(Affine.scaling(1 / size.width, 1 / size.height), size.width, size.height)
    sheet = Image.new("RGB", (MAX_PIXELS_PER_SIDE * 3 // 2, 96))
    cut = piece_picture(sheet, piece, 300.0)
    assert cut.size == pixel_size(size, 300.0)
    assert cut.width == MAX_PIXELS_PER_SIDE
