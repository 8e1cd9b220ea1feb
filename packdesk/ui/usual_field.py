"""A length that follows what suits the package until somebody sets one of their own."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Slot

from packdesk.ui.length_field import LengthField

_SAME_MM = 1e-6


class UsualField(LengthField):
    """Shows what is usual while nothing else is set; to set what is usual is to follow it again."""

    def __init__(self, most: float, usual: float, steps_in_a_unit: int = 1) -> None:
        """Take lengths up to `most` millimetres, and show `usual` until another is told."""
        self._usual = usual
        self._own: float | None = None
        super().__init__(0, most, steps_in_a_unit)
        self.edited.connect(self._on_edited)
        self._show()

    @property
    def own(self) -> float | None:
        """What was set, in millimetres; None while it is what is usual."""
        return self._own

    def show_own(self, millimetres: float | None) -> None:
        """Show what is set, or what is usual."""
        self._own = millimetres
        self._show()

    def show_usual(self, millimetres: float) -> None:
        """Follow this length where none is set."""
        self._usual = millimetres
        self._show()

    def _show(self) -> None:
        with QSignalBlocker(self):
            self.show_value(self._usual if self._own is None else self._own)

    @Slot(float)
    def _on_edited(self, millimetres: float) -> None:
        self._own = None if math.isclose(millimetres, self._usual, abs_tol=_SAME_MM) else millimetres
