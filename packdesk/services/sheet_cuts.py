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

_UNNAMED = "0" * 64
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
    of_it = {name: replace(one, sha256=fine.sha256, png=fine.png) for name, one in laid.items()}
    cuts = pieces_of(opened_sheet(fine.png), of_it, sizes, dpi=dpi)
    return keep_pieces(library, of_it, cuts, sizes, hold, dpi=dpi)


def pieces_of(
    sheet: Image.Image, laid: Mapping[str, LaidPicture], sizes: Mapping[str, FlatSize], *, dpi: float
) -> dict[str, Cut]:
    """The pieces of a sheet that panels show, by panel, without what lies over them; nothing is kept.

    Args:
        sheet: decoded. What `laid` names it may not be known yet: see `keep_pieces`.
        laid: how it lies on each panel; whoever shows more than a piece is left out.
        sizes: of the panels, in millimetres.
        dpi: resolution to reach.
    """

    def made(panel_id: str) -> Cut:
        one, wraps = laid[panel_id], goes_around(panel_id)
        assert one.piece is not None, "it is asked for below"
        name = one.sha256 or _UNNAMED
        turns, fit = one.turns, one.fit
        return sheet_cut(name, sheet, one.piece, sizes[panel_id], dpi=dpi, wraps=wraps, turns=turns, fit=fit)

    cut = [panel_id for panel_id, one in laid.items() if one.piece is not None]
    # Most of the time goes into encoding, which leaves the interpreter to others.
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="pieces") as pool:
        return dict(zip(cut, pool.map(made, cut), strict=True))


def keep_pieces(
    library: TextureLibrary,
    laid: Mapping[str, LaidPicture],
    cuts: Mapping[str, Cut],
    sizes: Mapping[str, FlatSize],
    hold: Hold,
    *,
    dpi: float,
) -> dict[str, str]:
    """Keep the pieces `pieces_of` has cut, with what lies over them; the rest as of `cut_pieces`."""

    def kept_for(panel_id: str) -> str:
        one, made = laid[panel_id], cuts.get(panel_id)
        if made is None:  # the picture of a sheet that somebody put on one panel
            lies: dict[str, Any] = {"dpi": dpi, "wraps": goes_around(panel_id)}
            made = make_cut(one.sha256, one.png, sizes[panel_id], turns=one.turns, fit=one.fit, **lies)
        made = made._replace(note=made.note.model_copy(update={"source": one.sha256}))
        return library.add_cut(made if one.objects is None else covered(library, made, one.objects), hold)

    return {panel_id: kept_for(panel_id) for panel_id in laid}


def _wanted(laid: LaidPicture, size: FlatSize, dpi: float) -> float:
    """Pixels of the sheet an inch that a panel takes."""
    if laid.piece is None:
        return 0.0
    upright = (size.height, size.width) if laid.turns % 2 else (size.width, size.height)
    larger = max(upright[0] / laid.piece.width, upright[1] / laid.piece.height)
    return reached_dpi(size, dpi) * larger
