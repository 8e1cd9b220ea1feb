"""Artwork of whole blanks as a design shows it now: which panels show a piece of which sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.inked import InkedArea, inked_areas
from packdesk.domain.sheet.placement import upright_to_blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.affine import Affine
    from packdesk.domain.dieline.values import Dieline

_SAME = 1e-6  # shares of a sheet: two maps that differ by less are one


@dataclass(frozen=True)
class SheetSource:
    """A sheet that panels show pieces of.

    Attributes:
        png: the whole sheet, checked.
        page: its drawing as a PDF document of one page, as `foreign.page` makes it; empty for pixels.
    """

    png: bytes = field(repr=False)
    page: bytes = field(default=b"", repr=False)


class ShownPiece(NamedTuple):
    """What a panel shows of a sheet.

    Attributes:
        source: the sheet's name among `WholeArtwork.sources`.
        place: from the upright panel, in millimetres from its upper left corner, to shares of the sheet.
    """

    source: str
    place: Affine


@dataclass(frozen=True)
class WholeArtwork:
    """The sheets of a design, and its panels' pieces of them; panels with other artwork are not in it."""

    pieces: Mapping[str, ShownPiece] = field(default_factory=dict)
    sources: Mapping[str, SheetSource] = field(default_factory=dict)


class LaidSheet(NamedTuple):
    """A sheet where it lies on a blank, for some of its areas.

    Attributes:
        source: as of `ShownPiece`.
        place: from the blank to shares of the sheet.
        areas: of the blank it is seen in: panels with their bleed, flaps.
    """

    source: str
    place: Affine
    areas: tuple[InkedArea, ...]


def laid_sheets(dieline: Dieline, whole: WholeArtwork) -> tuple[LaidSheet, ...]:
    """Every sheet where it lies on a blank: once, if its panels are as large as when it was laid on them."""
    found: list[LaidSheet] = []
    areas = inked_areas(dieline)
    for panel_id, (source, place) in _on_blank(dieline, whole):
        own = tuple(area for area in areas if area.panel_id == panel_id)
        for number, laid in enumerate(found):
            if laid.source == source and _alike(laid.place, place, dieline):
                found[number] = laid._replace(areas=(*laid.areas, *own))
                break
        else:
            found.append(LaidSheet(source, place, own))
    return tuple(found)


def _on_blank(dieline: Dieline, whole: WholeArtwork) -> Iterator[tuple[str, ShownPiece]]:
    for panel in dieline.panels:
        piece = whole.pieces.get(panel.panel_id)
        if piece is not None:
            yield panel.panel_id, piece._replace(place=upright_to_blank(panel).inverse().then(piece.place))


def _alike(one: Affine, other: Affine, dieline: Dieline) -> bool:
    """Whether both take the blank's corners to the same places."""
    corners = ((0.0, 0.0), (dieline.width, 0.0), (0.0, dieline.height))
    pairs = ((one.point(*corner), other.point(*corner)) for corner in corners)
    return all(abs(x - u) < _SAME and abs(y - v) < _SAME for (x, y), (u, v) in pairs)
