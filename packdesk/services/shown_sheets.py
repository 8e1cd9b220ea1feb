"""What sheets a design shows, found by the notes of its panels' pictures. Blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.panels import panel_sizes
from packdesk.domain.sheet.whole import SheetSource, ShownPiece, WholeArtwork
from packdesk.errors import PackdeskError
from packdesk.textures.foreign.decoding import loose_fonts_apart, page_apart
from packdesk.textures.kinds import PDF, kind_of

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.textures.library import TextureLibrary


def shown_sheets(library: TextureLibrary, state: PackagingState, vector: bool) -> WholeArtwork:  # noqa: FBT001  (passed on by an executor)
    """See `SheetService.shown`."""
    pieces: dict[str, ShownPiece] = {}
    sources: dict[str, SheetSource | None] = {}
    sizes = panel_sizes(state.package_type, state.package_dimensions)
    for panel_id, url in state.texture_urls().items():
        origin = library.origin(url)
        if origin is None or origin.piece is None or origin.fit == "fit" or panel_id not in sizes:
            continue
        if origin.source not in sources:
            sources[origin.source] = _source(library, origin.source, vector=vector)
        place = origin.piece.value().shown(sizes[panel_id], origin.turns)
        pieces[panel_id] = ShownPiece(origin.source, place)
    there = {name: source for name, source in sources.items() if source is not None}
    return WholeArtwork({name: one for name, one in pieces.items() if one.source in there}, there)


def loose_fonts(library: TextureLibrary, state: PackagingState) -> dict[str, tuple[str, ...]]:
    """See `SheetService.loose_fonts`."""
    whole = shown_sheets(library, state, vector=True)
    pages = {name: source.page for name, source in whole.sources.items() if source.page}
    fonts = {name: loose_fonts_apart(page) for name, page in pages.items()}
    return {panel_id: fonts[one.source] for panel_id, one in whole.pieces.items() if one.source in fonts}


def _source(library: TextureLibrary, sha256: str, *, vector: bool) -> SheetSource | None:
    try:
        png = library.read(sha256)
    except PackdeskError:  # the panels' own pictures are told to be missing, if they are
        return None
    drawing = library.drawing(sha256) if vector else b""
    return SheetSource(png, page_apart(drawing) if drawing and kind_of(drawing) == PDF else b"")
