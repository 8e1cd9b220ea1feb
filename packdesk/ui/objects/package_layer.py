"""Objects on the package in 3D: chosen by a click, moved by a drag or by keys. All else is the camera's."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from packdesk.domain.objects.gestures import moved, object_at
from packdesk.ui.objects.keys import STEPS, Meant, meant_by, stepped
from packdesk.ui.objects.marks import paint_frame
from packdesk.viewer.pinning import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject
    from packdesk.ui.theme import Theme
    from packdesk.viewer.view import PackageView

_PIECES = 8
"""Of each side of a frame: those on a cylinder are curved."""


class _Begun(NamedTuple):
    ones: tuple[PanelObject, ...]
    start: QPointF
    from_place: tuple[float, float]


class PackageLayer(QWidget):
    """Frames of what is chosen over the 3D view, and what a drag makes of it.

    Args:
        view: shows the package.

    Signals:
        chosen: the IDs of objects, the one that was chosen last at the end.
        changed: objects as they shall be, a tuple.
        stepped: likewise, by a key that others may follow.
        delete_wanted: what is chosen shall go.
        held_at: the object that is just being held, where it is.
    """

    chosen = Signal(object)
    changed = Signal(object)
    stepped = Signal(object)
    delete_wanted = Signal()
    held_at = Signal(object)

    def __init__(self, view: PackageView) -> None:
        super().__init__(view)
        self._view, self._panel = view, ""
        self._recipe: Recipe | None = None
        self._chosen: tuple[str, ...] = ()
        self._changeable, self._accent = True, "#1d4fc4"
        self._begun: _Begun | None = None
        self._now: tuple[PanelObject, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(view.rect())
        view.installEventFilter(self)
        view.camera_moved.connect(self.update)

    def show_objects(self, panel_id: str, recipe: Recipe | None, chosen: tuple[str, ...]) -> None:
        """Show these, with some of them chosen."""
        self._panel, self._recipe, self._chosen = panel_id, recipe, chosen
        if self._begun is None:
            self._now = ()
        self.setVisible(recipe is not None)
        self.update()

    def set_changeable(self, *, changeable: bool) -> None:
        """Whether objects can be changed now."""
        self._changeable = changeable

    def set_theme(self, theme: Theme) -> None:
        """Mark in the theme's colour."""
        self._accent = theme.accent
        self.update()

    def spot(self, across: float, down: float) -> QPointF | None:
        """Where a place of the panel is seen, in pixels; None where it is not."""
        assert self._recipe is not None
        width, height = self._recipe.panel
        (found,) = self._view.spots([Place(self._panel, across / width, down / height)])
        return None if found is None else QPointF(*found)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint the frames that are seen as a whole."""
        recipe = self._recipe
        if recipe is None or not self._chosen:
            return
        ones = self._now or tuple(recipe.get(name) for name in self._chosen if name in recipe.ids)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for one in ones:
                spots = self._view.spots(_frame(one, self._panel, recipe.panel))
                seen = [QPointF(*at) for at in spots if at is not None]
                if len(seen) == len(spots):
                    paint_frame(painter, seen, self._accent)

    # --- what is done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Take clicks on objects, drags that begin on them, and keys for what is chosen."""
        del watched
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.rect())
        elif self._recipe is not None and isinstance(event, QMouseEvent):
            return self._take(event, self._recipe)
        elif self._recipe is not None and isinstance(event, QKeyEvent):
            return self._take_key(event, self._recipe)
        return False

    def _take_key(self, event: QKeyEvent, recipe: Recipe) -> bool:
        """Without anything chosen, keys are the camera's."""
        meant = meant_by(event)
        ones = tuple(recipe.get(name) for name in self._chosen if name in recipe.ids)
        may = meant is Meant.NONE or (self._changeable and (meant in STEPS or meant is Meant.DELETE))
        if self._begun is not None or not ones or not may:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or Delete would take the panel's picture off
        elif event.type() == QEvent.Type.KeyPress and meant is Meant.NONE:
            self.chosen.emit(())
        elif event.type() == QEvent.Type.KeyPress and meant is Meant.DELETE:
            self.delete_wanted.emit()
        elif event.type() == QEvent.Type.KeyPress:
            self.stepped.emit(tuple(stepped(one, event) for one in ones if not one.locked))
        return True

    def _take(self, event: QMouseEvent, recipe: Recipe) -> bool:
        kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonPress and left and not event.modifiers():
            return self._press(event.position(), recipe)
        if self._begun is not None and kind == QEvent.Type.MouseMove:
            self._hold(event.position(), self._begun)
            return True
        if self._begun is not None and kind == QEvent.Type.MouseButtonRelease and left:
            made, self._begun = self._now, None
            if made:
                self.changed.emit(made)
            return True
        return False

    def _place_at(self, position: QPointF, recipe: Recipe) -> tuple[float, float] | None:
        """In millimetres of the panel; None beside it."""
        place = self._view.place_at(position)
        if place is None or place.panel_id != self._panel:
            return None
        return place.u * recipe.panel[0], place.v * recipe.panel[1]

    def _press(self, position: QPointF, recipe: Recipe) -> bool:
        place = self._place_at(position, recipe)
        found = None if place is None else object_at(recipe, *place)
        if found is None or place is None:
            if self._chosen and place is not None:
                self.chosen.emit(())
            return False
        if found.id not in self._chosen:
            self.chosen.emit((found.id,))
        ones = tuple(recipe.get(name) for name in self._chosen if name in recipe.ids)
        movable = tuple(one for one in ones if not one.locked) if self._changeable else ()
        self._begun = _Begun(movable, position, place)
        return True

    def _hold(self, position: QPointF, begun: _Begun) -> None:
        recipe = self._recipe
        if recipe is None or not begun.ones:
            return
        far = (position - begun.start).manhattanLength() >= QApplication.startDragDistance()
        place = self._place_at(position, recipe) if far or self._now else None
        if place is not None:  # beside the panel it stays where it was last
            right, down = place[0] - begun.from_place[0], place[1] - begun.from_place[1]
            self._now = tuple(moved(one, right, down) for one in begun.ones)
            self.held_at.emit(self._now[-1])
            self.update()


def _frame(one: PanelObject, panel_id: str, size: tuple[float, float]) -> Sequence[Place]:
    corners = (*one.corners, one.corners[0])
    points = [
        (start[0] + (end[0] - start[0]) * step / _PIECES, start[1] + (end[1] - start[1]) * step / _PIECES)
        for start, end in pairwise(corners)
        for step in range(_PIECES)
    ]
    # What runs on is framed as far as its panel goes.
    return [Place(panel_id, _within(x / size[0]), _within(y / size[1])) for x, y in points]


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
