"""One panel as the list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

ROW_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class PanelRow:
    """One panel as the list shows it; two thumbnails are equal if they are the same object.

    Attributes:
        panel_id: as on the wire.
        name: for people.
        size: flat size, for people.
        standing: `empty`, `art`, `waiting`, `working`, `finished`, `failed` or `missing`.
        note: what the standing means, for people.
        tip: the prompt, or why something is missing.
        thumbnail: a small picture, if there is one.
        dpi: how fine it will print, in pixels per inch.
    """

    panel_id: str
    name: str
    size: str
    standing: str
    note: str
    tip: str
    thumbnail: QPixmap | None
    dpi: float | None = None
