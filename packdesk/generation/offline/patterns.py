"""Patterns that were painted lately: a product with other words on the same pattern paints only its label."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from packdesk.domain.request import PanelRequest
    from packdesk.generation.offline.style import Style

MOST_BYTES = 40 * 2**20
"""Kept in a process: the panels of a box of 150 mm that have words of their own."""


class PatternKey(NamedTuple):
    """Everything a pattern depends on; words on the pack are not among it."""

    family: str
    words: tuple[str, ...]
    seed: int
    panel_id: str
    size: tuple[float, float]
    pixels: tuple[int, int]
    unit: float

    @classmethod
    def of(cls, request: PanelRequest, style: Style, unit: float) -> PatternKey:
        """Of a panel in a style, whose palette follows from the family and the words of the prompt."""
        size = request.size.width, request.size.height
        return cls(style.family, style.words, style.seed, request.panel_id, size, request.pixel_size(), unit)


class KeptPatterns:
    """The newest patterns, as long as they have room; may be used by several threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[PatternKey, QImage] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, key: PatternKey) -> QImage | None:
        """A pattern to be painted over, or None."""
        with self._turn:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return QImage(found)  # its pixels are copied once somebody paints

    def keep(self, key: PatternKey, pattern: QImage) -> None:
        """Remember a pattern, unless it is larger than all there may be."""
        if pattern.sizeInBytes() > self._most_bytes:
            return
        with self._turn:
            self._kept[key] = QImage(pattern)
            while sum(one.sizeInBytes() for one in self._kept.values()) > self._most_bytes:
                self._kept.popitem(last=False)


patterns = KeptPatterns()
"""Of this process."""
