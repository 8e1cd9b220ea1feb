"""Cuts from their notes: what a panel shows of a kept picture, made by the recipe, at first or again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.panels import FlatSize
from packdesk.textures.check import CleanPicture
from packdesk.textures.fitting import fit_picture
from packdesk.textures.notes import Origin, Piece
from packdesk.textures.sheet_cutting import opened_sheet, piece_dpi, piece_picture

if TYPE_CHECKING:
    from PIL import Image

    from packdesk.domain.sheet.placement import SheetPiece
    from packdesk.textures.fitting import FittedPicture
    from packdesk.textures.notes import Fit


class Cut(NamedTuple):
    """What a panel shows of a picture, and the note that makes it again."""

    picture: CleanPicture
    note: Origin


def make_cut(
    source: str,
    png: bytes,
    size: FlatSize,
    *,
    dpi: float,
    wraps: bool,
    turns: int,
    fit: Fit,
    piece: SheetPiece | None = None,
) -> Cut:
    """Cut a picture for a panel. Slow for large art.

    Args:
        source: SHA-256 of the picture.
        png: the picture, checked.
        size: of the panel, in millimetres.
        dpi: see `fit_picture`, as for the rest.
        wraps: likewise.
        turns: likewise.
        fit: likewise.
        piece: what of the picture it is cut from, where that is a sheet.
    """
    if piece is not None:
        return sheet_cut(source, opened_sheet(png), piece, size, dpi=dpi, wraps=wraps, turns=turns, fit=fit)
    fitted = fit_picture(png, size, dpi=dpi, wraps=wraps, turns=turns, fit=fit)
    return _noted(fitted, source, size, dpi=dpi, wraps=wraps, turns=turns, fit=fit)


def sheet_cut(
    source: str,
    sheet: Image.Image,
    piece: SheetPiece,
    size: FlatSize,
    *,
    dpi: float,
    wraps: bool,
    turns: int = 0,
    fit: Fit = "crop",
) -> Cut:
    """As `make_cut`, from a sheet that is decoded already."""
    fitted = _fitted_piece(sheet, piece, size, dpi=dpi, wraps=wraps, turns=turns, fit=fit)
    cut = _noted(fitted, source, size, dpi=dpi, wraps=wraps, turns=turns, fit=fit)
    return cut._replace(note=cut.note.model_copy(update={"piece": Piece.of(piece)}))


def _noted(
    fitted: FittedPicture, source: str, size: FlatSize, *, dpi: float, wraps: bool, turns: int, fit: Fit
) -> Cut:
    panel = size.width, size.height
    note = Origin(
        source=source, dpi=fitted.dpi, wraps=wraps, turns=turns, fit=fit, panel=panel, wanted_dpi=dpi
    )
    return Cut(fitted.picture, note)


def _fitted_piece(
    sheet: Image.Image, piece: SheetPiece, size: FlatSize, *, dpi: float, wraps: bool, turns: int, fit: Fit
) -> FittedPicture:
    width, height = (piece.height, piece.width) if turns % 2 else (piece.width, piece.height)
    larger = max(size.width / width, size.height / height)
    cut = CleanPicture.of(piece_picture(sheet, piece, dpi * larger))
    fitted = fit_picture(cut.png, size, dpi=dpi, wraps=wraps, turns=turns, fit=fit)
    return replace(fitted, dpi=piece_dpi(sheet, piece) / larger)


def cut_again(note: Origin, png: bytes) -> CleanPicture | None:
    """The cut a note describes, from its source; None where the note does not say all.

    Equal to the first one byte by byte, as long as Pillow and its zlib encode the same pixels alike.
    """
    if note.panel is None or note.wanted_dpi is None:
        return None
    panel = FlatSize(width=note.panel[0], height=note.panel[1])
    if note.piece is not None:
        sheet = opened_sheet(png)
        piece, dpi = note.piece.value(), note.wanted_dpi
        return _fitted_piece(
            sheet, piece, panel, dpi=dpi, wraps=note.wraps, turns=note.turns, fit=note.fit
        ).picture
    fitted = fit_picture(png, panel, dpi=note.wanted_dpi, wraps=note.wraps, turns=note.turns, fit=note.fit)
    return fitted.picture
