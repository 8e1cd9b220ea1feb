"""Objects in the order files draw them: what runs on over a crease once, over all walls it reaches there.

Walls keep pieces of what runs on to them (`domain.objects.running`). Where a piece lies on the blank just as
the object itself does, the two are one thing there: a word in one piece, without a seam at the crease.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from itertools import groupby, product
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.objects.running import guest_ids
from packdesk.export.flat.bleeding_objects import bleeding_objects
from packdesk.export.flat.placed_objects import PlacedObjects, box_path, placed_objects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.affine import Affine
    from packdesk.domain.curves import Path
    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.export.flat.sheet import Sheet

_SAME_MM = 0.75
"""Board makes walls narrower than their artwork, which is in their middle, and so moves pieces: by a quarter
of a millimetre on carton, where one piece is wanted all the same; on thick board pieces stay."""

_SAME_TURN = 1e-3
"""Of a panel for a size that is not written to the last digit."""


class ObjectRun(NamedTuple):
    """Objects that are drawn one after the other, with the same edges.

    Attributes:
        name: unlike that of all others of the sheet; the panel's, where all its objects are one run.
        panel: what they belong to, or are pieces on.
        objects: from the bottom to the top.
        walls: the panels they are seen on, to which they are clipped.
    """

    name: str
    panel: PlacedObjects
    objects: tuple[DrawnObject, ...]
    walls: tuple[PlacedObjects, ...]

    @property
    def edges(self) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
        """Seen is what lies within any of the first and any of the second: panels, and their artwork."""
        return tuple(box_path(wall.box) for wall in self.walls), tuple(wall.outline for wall in self.walls)


class _Item(NamedTuple):
    """The object with that place among those of its panel."""

    panel_id: str
    number: int


class _Joined:
    """What is drawn once over several panels.

    Args:
        panels: all that have objects.
    """

    def __init__(self, panels: Mapping[str, PlacedObjects]) -> None:
        self._walls: dict[_Item, tuple[str, ...]] = {}
        self._whole: dict[_Item, _Item] = {}
        pieces = {
            (panel_id, one.id): (_Item(panel_id, number), one.place.then(placed.place))
            for panel_id, placed in panels.items()
            for number, one in enumerate(placed.shown.objects)
            if one.is_guest
        }
        for owner, placed in panels.items() if pieces else ():
            for number, one in enumerate(placed.shown.objects):
                for key in product(panels, guest_ids(owner, one.id)):
                    piece = pieces.get(key)
                    if piece is not None and _same(one.place.then(placed.place), piece[1]):
                        self._add(_Item(owner, number), piece[0])

    def _add(self, one: _Item, piece: _Item) -> None:
        self._whole[piece] = one
        self._walls[one] = (*self.walls(one), piece.panel_id)

    def walls(self, one: _Item) -> tuple[str, ...]:
        """The panels on which it is drawn, its own one first."""
        return self._walls.get(one, (one.panel_id,))

    def whole(self, one: _Item) -> _Item:
        """What a piece is drawn with; itself where it is drawn alone."""
        return self._whole.get(one, one)

    def part(self, one: _Item) -> None:
        """Draw one in pieces after all."""
        self._walls.pop(one, None)
        self._whole = {piece: whole for piece, whole in self._whole.items() if whole != one}


def object_runs(sheet: Sheet) -> Iterator[ObjectRun]:
    """All objects of a sheet. On each panel they lie above each other as they do there.

    What goes on in the bleed comes first: it lies under what it goes on from.
    """
    for gone_on in bleeding_objects(sheet):
        edges = tuple(gone_on.panel._replace(outline=outline) for outline in gone_on.outlines)
        yield ObjectRun(gone_on.name, gone_on.panel, gone_on.objects, edges)
    panels = {placed.panel_id: placed for placed in placed_objects(sheet)}
    joined, told = _Joined(panels), Counter[str]()
    for (owner, walls), items in groupby(
        _ordered(panels, joined), key=lambda one: (one.panel_id, joined.walls(one))
    ):
        told[owner] += 1
        yield ObjectRun(
            owner if told[owner] == 1 else f"{owner}-{told[owner]}",
            panels[owner],
            tuple(panels[owner].shown.objects[one.number] for one in items),
            tuple(panels[wall] for wall in walls),
        )


def _ordered(panels: Mapping[str, PlacedObjects], joined: _Joined) -> Iterator[_Item]:
    """Each after all that lies below it on its walls, panel after panel otherwise.

    Two that run on over each other from either side have no such order: one is drawn in pieces then.
    """
    waiting = {
        name: deque(_Item(name, number) for number in range(len(placed.shown.objects)))
        for name, placed in panels.items()
    }
    while any(waiting.values()):
        lowest = {name: joined.whole(items[0]) for name, items in waiting.items() if items}
        for one in lowest.values():
            if all(lowest.get(wall) == one for wall in joined.walls(one)):
                for wall in joined.walls(one):
                    waiting[wall].popleft()
                yield one
                break
        else:
            joined.part(next(iter(lowest.values())))


def _same(one: Affine, other: Affine) -> bool:
    turned = max(abs(mine - its) for mine, its in zip(one[:4], other[:4], strict=True))
    return turned <= _SAME_TURN and math.dist(one[4:], other[4:]) <= _SAME_MM
