"""Inks of their own in a design's artwork, each a plate of its PDF: of objects, logos, and sheets."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from packdesk.domain.line_names import is_die_line
from packdesk.domain.objects.drawn import InkedPath

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.objects.shown import ShownObjects
    from packdesk.domain.sheet.whole import WholeArtwork

_PROCESS = frozenset({"All", "None", "Cyan", "Magenta", "Yellow", "Black"})
"""Names of colorants that are no plate besides those of the process (ISO 32000-1, 8.6.6.4)."""


def spot_inks(
    dieline: Dieline, objects: Mapping[str, ShownObjects], whole: WholeArtwork
) -> dict[str, tuple[str, ...]]:
    """The panels each spot ink is on, those of the die's lines and of finishes left out. Blocks.

    Args:
        dieline: only panels that are on it count.
        objects: what panels with objects show, taken apart.
        whole: artwork of the whole blank, PDF documents as their page.
    """
    pages: dict[bytes, tuple[str, ...]] = {}  # a sheet is on many panels
    found: dict[str, list[str]] = {}
    for panel in dieline.panels:
        panel_id = panel.panel_id
        names = dict.fromkeys(_of_objects(objects[panel_id])) if panel_id in objects else {}
        for page in _pages(panel_id, objects, whole):
            if page not in pages:
                pages[page] = tuple(dict.fromkeys(_of_page(page)))
            names |= dict.fromkeys(pages[page])
        for name in names:
            found.setdefault(name, []).append(panel_id)
    return {name: tuple(panels) for name, panels in sorted(found.items())}


def _of_objects(shown: ShownObjects) -> Iterator[str]:
    parts = (part for one in shown.objects for part in one.parts)
    return (part.ink.spot for part in parts if isinstance(part, InkedPath) and part.ink.spot)


def _pages(panel_id: str, objects: Mapping[str, ShownObjects], whole: WholeArtwork) -> Iterator[bytes]:
    if panel_id in objects:
        yield from objects[panel_id].pages.values()
    piece = whole.pieces.get(panel_id)
    page = whole.sources[piece.source].page if piece is not None else b""
    if page:
        yield page


def _of_page(page: bytes) -> Iterator[str]:
    """What the colour spaces of a document name; what was left out of it as a line of the die is not told."""
    import pikepdf  # noqa: PLC0415  (a third of a second, and only exports need it)

    with pikepdf.open(io.BytesIO(page)) as document:
        for one in document.objects:
            yield from (name for name in _named(one) if name not in _PROCESS and not is_die_line(name))


def _named(one: Any) -> Iterator[str]:
    """Colorants of a colour space, and of those that lie in it or in resources; what is shared is its own."""
    import pikepdf  # noqa: PLC0415  (as above)

    parts: list[Any]  # numbers and texts in them are Python's
    if isinstance(one, pikepdf.Array):
        parts = list(one)
        if len(parts) > 1 and parts[0] in (pikepdf.Name.Separation, pikepdf.Name.DeviceN):
            inks = parts[1] if isinstance(parts[1], pikepdf.Array) else [parts[1]]
            yield from (str(ink).removeprefix("/") for ink in inks)
    elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
        parts = [value for _, value in one.items()]
    else:
        return
    for part in parts:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield from _named(part)
