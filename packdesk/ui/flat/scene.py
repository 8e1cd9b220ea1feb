"""What the flat view shows, as a frozen value. Where the view looks is not part of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.ui.theme import LIGHT, Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPixmap

    from packdesk.domain.dieline.values import Dieline


@dataclass(frozen=True, eq=False)  # pixmaps have no useful equality
class FlatScene:
    """A package's blank with its pictures.

    Attributes:
        dieline: the blank.
        pictures: panel id -> picture, best a `MippedPixmap`; a panel that is missing is plain board with its
            name.
        selected: panel drawn with a strong outline.
        hovered: panel drawn with a faint outline.
        statuses: panel id -> `PanelRow.status`; what is unusual is said in words on the panel.
        theme: colours.
        unstretched: as of the viewer's `Scene`.
        others: likewise.
    """

    dieline: Dieline
    pictures: Mapping[str, QPixmap] = field(default_factory=dict)
    selected: str | None = None
    hovered: str | None = None
    statuses: Mapping[str, str] = field(default_factory=dict)
    theme: Theme = LIGHT
    unstretched: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
