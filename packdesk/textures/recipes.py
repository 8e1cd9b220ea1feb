"""Cuts from their notes: what a panel shows of a kept picture, made by the recipe, at first or again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.panels import FlatSize
from packdesk.textures.fitting import fit_picture
from packdesk.textures.notes import Origin

if TYPE_CHECKING:
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.notes import Fit


class Cut(NamedTuple):
    """What a panel shows of a picture, and the note that makes it again."""

    picture: CleanPicture
    note: Origin


def make_cut(
    source: str, png: bytes, size: FlatSize, *, dpi: float, wraps: bool, turns: int, fit: Fit
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
    """
    fitted = fit_picture(png, size, dpi=dpi, wraps=wraps, turns=turns, fit=fit)
    note = Origin(
        source=source,
        dpi=fitted.dpi,
        wraps=wraps,
        turns=turns,
        fit=fit,
        panel=(size.width, size.height),
        wanted_dpi=dpi,
    )
    return Cut(fitted.picture, note)


def cut_again(note: Origin, png: bytes) -> CleanPicture | None:
    """The cut a note describes, from its source; None where the note does not say all.

    Equal to the first one byte by byte, as long as Pillow and its zlib encode the same pixels alike.
    """
    if note.panel is None or note.wanted_dpi is None:
        return None
    panel = FlatSize(width=note.panel[0], height=note.panel[1])
    fitted = fit_picture(png, panel, dpi=note.wanted_dpi, wraps=note.wraps, turns=note.turns, fit=note.fit)
    return fitted.picture
