"""Lays a picture on a panel: kept as it came, and cut to the panel's size. All of it blocks."""

from __future__ import annotations

import hashlib
import logging
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packdesk.domain.panels import FlatSize, check_panel, panel_sizes
from packdesk.domain.state import utc_text
from packdesk.domain.units import MM_PER_INCH, pixel_size, reached_dpi
from packdesk.errors import BadPictureError, BadRecipeError, NotPossibleError, PackdeskError
from packdesk.sentence import Sentence
from packdesk.textures.changing import pixels_of
from packdesk.textures.check import clean_artwork, clean_sheet
from packdesk.textures.library import hash_in_url
from packdesk.textures.notes import making_of
from packdesk.textures.objects.overlaying import covered, objects_above
from packdesk.textures.recipes import cut_again, make_cut

if TYPE_CHECKING:
    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.sheet.placement import SheetPiece
    from packdesk.domain.state import PackagingState, PanelTexture
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.notes import Fit, Making
    from packdesk.textures.recipes import Cut

_log = logging.getLogger(__name__)
_WORTH_DRAWING = 1.02
"""So many times finer a sheet has to become to be drawn anew."""
_NO_FINER = 0.98 * 6000 * 6000
"""Pixels: a sheet is never drawn much larger."""


@dataclass(frozen=True)
class LaidPicture:
    """A picture of the library and how it lies on a panel.

    Attributes:
        sha256: its name in the library.
        png: the picture as it came.
        turns: quarter turns to the right, 0 to 3.
        fit: how it covers the panel, or whether it is shown whole.
        piece: what of it lies on the panel, where it is artwork of a whole blank.
        objects: what lies over it; None for nothing.
    """

    sha256: str
    png: bytes
    turns: int = 0
    fit: Fit = "fill"
    piece: SheetPiece | None = None
    objects: KeptObjects | None = None


def keep(
    library: TextureLibrary, source: CleanPicture, making: Making, hold: Hold, fit: Fit = "fill"
) -> LaidPicture:
    """Keep a picture; it will cover its panel, upright.

    Args:
        library: where it is kept.
        source: the picture.
        making: how it came to be.
        hold: keeps it from being deleted until a design shows what is cut from it.
        fit: how it lies on its panel.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    hold.take(source.sha256)  # before it is looked whether it is there: see `removal`
    library.add(source, making)
    return LaidPicture(source.sha256, source.png, fit=fit)


def kept(library: TextureLibrary, sha256: str, panel_id: str, hold: Hold) -> LaidPicture:
    """A picture the library has already, to be laid on a panel.

    One that was painted for this panel may go on mirrored; what was chosen for another never does.

    Raises:
        TextureUnavailableError: it has gone.
        BadPictureError: what a shared folder has under that name is no usable picture.
    """
    hold.take(sha256)  # before it is looked whether it is there
    making = library.making(sha256)
    painted_for_it = making is not None and making.kind == "answer" and making.panel == panel_id
    return LaidPicture(sha256, library.read(sha256), fit="fill" if painted_for_it else "crop")


def noted(library: TextureLibrary, url: str) -> LaidPicture | None:
    """What a texture was cut from, how, and what lies over it.

    None where that was not noted or is not on this machine; or the objects cannot be read: it is a picture.
    """
    laid = lies(library, url)
    if laid is None:
        return None
    try:
        return replace(laid, png=library.read(laid.sha256))
    except PackdeskError:
        return None


def lies(library: TextureLibrary, url: str) -> LaidPicture | None:
    """As `noted`, without the picture, which may have gone: how another one comes to lie in its place."""
    origin = library.origin(url)
    if origin is None:
        return None
    try:
        objects = objects_above(library, origin)
    except PackdeskError:
        return None
    piece = None if origin.piece is None else origin.piece.value()
    return LaidPicture(origin.source, b"", origin.turns, origin.fit, piece, objects)


def kept_objects(library: TextureLibrary, texture: PanelTexture | None) -> KeptObjects | None:
    """The objects on a panel that shows this; None where there are none.

    Raises:
        BadRecipeError: they cannot be read.
    """
    return None if texture is None else objects_above(library, library.origin(texture.texture_url))


def beneath(library: TextureLibrary, url: str) -> bytes | None:
    """What a panel shows without its objects, at its size; None where it is not known.

    Raises:
        TextureUnavailableError: what it was cut from has gone.
        BadPictureError: what a shared folder has under that name is no usable picture.
    """
    note = library.origin(url)
    if note is None:
        return None
    made = cut_again(note, library.read(note.source))
    return None if made is None else made.png


def below(library: TextureLibrary, texture: PanelTexture | None, laid: LaidPicture) -> LaidPicture:
    """A picture that takes the place of a panel's artwork, below the objects that panel has."""
    try:
        return replace(laid, objects=kept_objects(library, texture))
    except BadRecipeError as error:
        _log.warning("The objects of a panel go with its picture: %s", error.sentence)
        return laid


def has_original(library: TextureLibrary, url: str) -> bool:
    """Whether what a texture was cut from is here."""
    origin = library.origin(url)
    return origin is not None and library.has(origin.source)


def sheet_of(library: TextureLibrary, url: str) -> str:
    """SHA-256 of the sheet a texture is a piece of; empty where it is none, or that is not known."""
    origin = library.origin(url)
    return origin.source if origin is not None and origin.piece is not None else ""


def came_in(library: TextureLibrary, url: str) -> str:
    """The name of the colours the picture of a texture had before it was kept; empty for sRGB."""
    sha256 = hash_in_url(url)
    if sha256 is None:
        return ""
    origin = library.note(sha256)
    making = library.making(sha256 if origin is None else origin.source)
    return "" if making is None else making.came_in


def work_of(library: TextureLibrary, sha256: str) -> str:
    """Names what a kept picture shows: for a drawing its file's SHA-256, however fine it was drawn."""
    drawing = library.drawing(sha256)
    return hashlib.sha256(drawing).hexdigest() if drawing else sha256


def shown_work(library: TextureLibrary, url: str) -> str:
    """As `work_of`, for what a texture was cut from; empty where that is not known."""
    origin = library.origin(url)
    sha256 = hash_in_url(url) if origin is None else origin.source
    return "" if sha256 is None else work_of(library, sha256)


def fine_enough(
    library: TextureLibrary, laid: LaidPicture, size: FlatSize, hold: Hold, dpi: float
) -> LaidPicture:
    """A picture that was drawn from a file, drawn anew where the panel takes more pixels than it has."""
    drawing = library.drawing(laid.sha256)
    if not drawing:
        return laid
    if laid.piece is not None:
        upright = FlatSize(width=size.height, height=size.width) if laid.turns % 2 else size
        larger = max(upright.width / laid.piece.width, upright.height / laid.piece.height)
        finest = reached_dpi(size, dpi) * larger
        return _finer_sheet(library, laid, laid.piece, drawing, dpi=finest, hold=hold)
    panel = size if laid.turns % 2 == 0 else FlatSize(width=size.height, height=size.width)
    wanted, there = pixel_size(panel, dpi), pixels_of(laid.png)
    if there[0] >= wanted[0] and there[1] >= wanted[1]:
        return laid
    try:
        drawn = clean_artwork(drawing, panel)
    except (
        BadPictureError
    ):  # a shared folder's, or the library that read it has gone: it is there all the same
        return laid
    if drawn.width <= there[0]:
        return laid
    making = library.making(laid.sha256) or making_of("import", "", utc_text())
    making = making.model_copy(update={"drawn_from": making.drawn_from or laid.sha256})
    return replace(keep(library, drawn, making, hold, laid.fit), turns=laid.turns, objects=laid.objects)


def _finer_sheet(
    library: TextureLibrary, laid: LaidPicture, piece: SheetPiece, drawing: bytes, *, dpi: float, hold: Hold
) -> LaidPicture:
    """A sheet drawn anew where one of its panels grew by so much that its pixels are too few."""
    there = pixels_of(laid.png)
    a, b, c, d, *_ = piece.place
    least = min(math.hypot(a * there[0], b * there[1]), math.hypot(c * there[0], d * there[1]))
    finer = dpi / (MM_PER_INCH * least)
    if finer < _WORTH_DRAWING or there[0] * there[1] > _NO_FINER:
        return laid
    try:
        drawn, _ = clean_sheet(drawing, (math.ceil(there[0] * finer), math.ceil(there[1] * finer)))
    except BadPictureError:  # as above
        return laid
    if drawn.width <= there[0]:
        return laid
    making = library.making(laid.sha256) or making_of("import", "", utc_text())
    return replace(laid, sha256=keep(library, drawn, making, hold).sha256, png=drawn.png)


def cut(
    library: TextureLibrary, laid: LaidPicture, size: FlatSize, hold: Hold, *, dpi: float, wraps: bool
) -> str:
    """Keep what a panel of that size shows of a picture, and a note of its origin; returns its URL.

    Args:
        library: has the picture already.
        laid: the picture.
        size: of the panel.
        hold: keeps the result from being removed until a design names it.
        dpi: resolution to reach, as in `fit_picture`.
        wraps: the panel's right edge meets its left edge.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    return library.add_cut(cut_of(library, laid, size, hold, dpi=dpi, wraps=wraps), hold)


def cut_of(
    library: TextureLibrary, laid: LaidPicture, size: FlatSize, hold: Hold, *, dpi: float, wraps: bool
) -> Cut:
    """As `cut`, without keeping it."""
    laid = fine_enough(library, laid, size, hold, dpi)
    made = make_cut(
        laid.sha256, laid.png, size, dpi=dpi, wraps=wraps, turns=laid.turns, fit=laid.fit, piece=laid.piece
    )
    return made if laid.objects is None else covered(library, made, laid.objects)


def size_of(state: PackagingState, panel_id: str) -> FlatSize:
    """The flat size of a panel; raises `InvalidInputError` where there is no such panel."""
    check_panel(state.package_type, panel_id)
    return panel_sizes(state.package_type, state.package_dimensions)[panel_id]


def texture_of(state: PackagingState, panel_id: str) -> PanelTexture:
    """What a panel shows.

    Raises:
        InvalidInputError: there is no such panel.
        NotPossibleError: no picture is on it.
    """
    check_panel(state.package_type, panel_id)
    texture = state.panel_textures.get(panel_id)
    if texture is None:
        raise NotPossibleError(
            Sentence("There is no picture on the panel “{panel}”.", panel=panel_id),
            "Generate or import one first.",
        )
    return texture
