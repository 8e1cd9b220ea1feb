"""Artwork on the inside of a package's panels, printed as a second side of the blank.

The shared document has one picture a panel, that of the outside. What is inside is kept beside it, as
finishes are: which kept picture, and how it lies. What a panel shows of it is cut when it is drawn, for the
size the panel has then.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from packdesk.domain.dimensions import PackageType  # noqa: TC001  (pydantic reads the annotations)
from packdesk.domain.moments import same_moment
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.sheet.placement import SheetPiece  # noqa: TC001  (likewise)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.state import PackagingState

MOST_INSIDE = 32
"""Of all designs that ever stood in one store; those of others go first."""
LONGEST_NAME = 200
_HASH = re.compile(r"[0-9a-f]{64}")
_LEAST_MM, _MOST = 0.1, 100_000.0


@dataclass(frozen=True)
class InsideArt:
    """A picture on the inside of a panel.

    Attributes:
        panel_id: the panel.
        package: whose panel it is; another type's panel of that name shows nothing of it.
        picture: SHA-256 of the kept picture.
        began: when the design began, as the document says; None where that is not known yet.
        name: what it is called.
        turns: quarter turns to the right, 0 to 3.
        fit: how it lies, as of an outside's picture.
        piece: what of it lies on the panel, where it is artwork of the whole inside.

    Raises:
        ValueError: it is none; files of others have anything in them.
    """

    panel_id: str
    package: PackageType
    picture: str
    began: str | None = None
    name: str = ""
    turns: int = 0
    fit: Literal["fill", "fit", "crop"] = "crop"
    piece: SheetPiece | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        if self.panel_id not in PANEL_IDS[self.package]:
            raise ValueError("no package has such a panel")
        if not _HASH.fullmatch(self.picture) or self.turns not in range(4):
            raise ValueError("it names no picture")
        object.__setattr__(self, "name", self.name[:LONGEST_NAME])
        if self.piece is not None and not _usable(self.piece):
            raise ValueError("it names no part of a sheet")


def _usable(piece: SheetPiece) -> bool:
    sides = piece.width, piece.height
    numbers = all(math.isfinite(value) and abs(value) <= _MOST for value in (*piece.place, *sides))
    return numbers and all(side >= _LEAST_MM for side in sides)


def inside_of_design(arts: Iterable[InsideArt], state: PackagingState) -> dict[str, InsideArt]:
    """Those of this design as it is now, by panel in the package's order."""
    own = {
        art.panel_id: art
        for art in arts
        if art.package == state.package_type
        and (art.began is None or same_moment(art.began, state.created_at))
    }
    return {panel_id: own[panel_id] for panel_id in PANEL_IDS[state.package_type] if panel_id in own}


def with_inside(
    arts: Iterable[InsideArt], state: PackagingState, changed: Iterable[InsideArt | str]
) -> tuple[InsideArt, ...]:
    """What is kept when panels of a design get others; a panel's name takes its own off.

    Args:
        arts: those kept before, of any design.
        state: the design.
        changed: the new ones.
    """
    before = tuple(arts)
    own = inside_of_design(before, state)
    others = [art for art in before if art not in own.values()]
    for change in changed:
        if isinstance(change, str):
            own.pop(change, None)
        else:
            own[change.panel_id] = replace(change, began=state.created_at)
    return (*others, *own.values())[-MOST_INSIDE:]
