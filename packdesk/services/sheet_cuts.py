"""Cuts of several panels that show pieces of one sheet: it is decoded once. Blocks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from packdesk.domain.panels import goes_around
from packdesk.domain.units import reached_dpi
from packdesk.services.placing import fine_enough
from packdesk.textures.objects.overlaying import covered
from packdesk.textures.recipes import make_cut, sheet_cut
from packdesk.textures.sheet_cutting import opened_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import Image

    from packdesk.domain.panels import FlatSize
    from packdesk.services.placing import LaidPicture
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.recipes import Cut

_AT_ONCE = 2
"""Each takes a piece's pixels a few times over."""


def cut_pieces(
    library: TextureLibrary,
    laid: Mapping[str, LaidPicture],
    sizes: Mapping[str, FlatSize],
    hold: Hold,
    *,
    dpi: float,
) -> dict[str, str]:
    """As `placing.cut`, for panels that show pieces of one sheet; the URLs by panel.

    Args:
        library: has the sheet already.
        laid: the sheet, and how it lies on each panel.
        sizes: of the panels, in millimetres.
        hold: keeps the cuts until a design names them.
        dpi: resolution to reach.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    if not laid:
        return {}
    finest = max(laid, key=lambda panel_id: _wanted(laid[panel_id], sizes[panel_id], dpi))
    fine = fine_enough(library, laid[finest], sizes[finest], hold, dpi)
    sheet = opened_sheet(fine.png)

    def kept_for(panel_id: str) -> str:
        one = replace(laid[panel_id], sha256=fine.sha256, png=fine.png)
        made = _made(sheet, one, sizes[panel_id], dpi=dpi, wraps=goes_around(panel_id))
        return library.add_cut(made if one.objects is None else covered(library, made, one.objects), hold)

    # Most of the time goes into encoding, which leaves the interpreter to others.
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="pieces") as pool:
        return dict(zip(laid, pool.map(kept_for, laid), strict=True))


def _made(sheet: Image.Image, laid: LaidPicture, size: FlatSize, *, dpi: float, wraps: bool) -> Cut:
    lies: dict[str, Any] = {"dpi": dpi, "wraps": wraps, "turns": laid.turns, "fit": laid.fit}
    if laid.piece is None:  # the picture of a sheet that somebody put on one panel
        return make_cut(laid.sha256, laid.png, size, **lies)
    return sheet_cut(laid.sha256, sheet, laid.piece, size, **lies)


def _wanted(laid: LaidPicture, size: FlatSize, dpi: float) -> float:
    """Pixels of the sheet an inch that a panel takes."""
    if laid.piece is None:
        return 0.0
    upright = (size.height, size.width) if laid.turns % 2 else (size.width, size.height)
    larger = max(upright[0] / laid.piece.width, upright[1] / laid.piece.height)
    return reached_dpi(size, dpi) * larger
