"""Objects on the flat view: chosen, moved, drawn larger and turned by mouse and keys.

A layer over the view that only paints; it looks at the view's events first and takes those that are meant for
an object. All others stay the view's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QWidget

from packdesk.domain.objects.drawn import InkedPath
from packdesk.domain.objects.gestures import (
    HANDLES,
    Snapped,
    can_resize,
    moved,
    object_at,
    resized,
    snapped,
    turned,
)
from packdesk.domain.objects.on_blank import panel_place
from packdesk.domain.objects.outline import steps
from packdesk.textures.objects.svg_group import rgb_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent

    from packdesk.domain.affine import Affine
    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject
    from packdesk.ui.flat.view import FlatView
    from packdesk.ui.theme import Theme

_HANDLE_PX, _REACH_PX, _KNOB_PX, _SNAP_PX = 8.0, 7.0, 22.0, 6.0
_FINE_MM, _STEP_MM = 0.1, 1.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_DELETING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_GUIDE = "#e0218a"
"""On every artwork: it follows no theme."""


class ObjectLayer(QWidget):
    """Marks the chosen object over the flat view, and says what becomes of it.

    Args:
        flat: the view.
        drawn: what an object of these draws, for showing one where it is not yet part of the picture.

    Signals:
        chosen: the ID of an object, '' for none.
        changed: the object as it shall be.
        stepped: likewise, by a key that others may follow.
        delete_wanted: the chosen object shall go.
        copy_wanted: the chosen object shall be there twice.
        opened: the chosen object shall be typed in.
    """

    chosen = Signal(str)
    changed = Signal(object)
    stepped = Signal(object)
    delete_wanted = Signal()
    copy_wanted = Signal()
    opened = Signal()

    def __init__(self, flat: FlatView, drawn: Callable[[KeptObjects, str], DrawnObject | None]) -> None:
        super().__init__(flat)
        self._flat, self._drawn = flat, drawn
        self._panel = self._chosen = ""
        self._objects: KeptObjects | None = None
        self._changeable, self._safe = True, 3.0
        self._accent = "#1d4fc4"
        self._begun: tuple[PanelObject, QPointF, tuple[int, int] | str] | None = None
        self._now: PanelObject | None = None
        self._guides = Snapped()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(flat.rect())
        flat.installEventFilter(self)

    def show_objects(self, panel_id: str, objects: KeptObjects | None, chosen: str) -> None:
        """Show these, with one of them chosen."""
        self._panel, self._objects, self._chosen = panel_id, objects, chosen
        if self._begun is None:
            self._now = None
        self.setVisible(objects is not None)
        self.update()

    def set_changeable(self, *, changeable: bool) -> None:
        """Whether objects can be changed now."""
        self._changeable = changeable

    def set_theme(self, theme: Theme) -> None:
        """Mark in the theme's colour."""
        self._accent = theme.accent
        self.update()

    # --- where things are

    @property
    def _recipe(self) -> Recipe | None:
        return None if self._objects is None else self._objects.recipe

    def _one(self) -> PanelObject | None:
        """The chosen object as it is just being held."""
        recipe = self._recipe
        if self._now is not None:
            return self._now
        return recipe.get(self._chosen) if recipe is not None and self._chosen in recipe.ids else None

    def _place(self) -> Affine | None:
        """From millimetres of the panel to pixels of the view."""
        recipe, blank = self._recipe, self._flat.dieline
        if recipe is None or blank is None:
            return None
        panel = next((one for one in blank.panels if one.panel_id == self._panel), None)
        if panel is None:
            return None
        shown = self._flat.to_pixels()
        a, b, c, d, e, f = shown.m11(), shown.m12(), shown.m21(), shown.m22(), shown.dx(), shown.dy()
        placed = panel_place(panel, recipe.panel)
        return placed.then(type(placed)(a, b, c, d, e, f))

    def spot(self, across: float, down: float) -> QPointF:
        """Where a place of the panel is seen, in pixels; raises where no panel is shown."""
        place = self._place()
        assert place is not None
        return QPointF(*place.point(across, down))

    def _on_panel(self, place: Affine, position: QPointF) -> tuple[float, float]:
        return place.inverse().point(position.x(), position.y())

    def _handle_spots(self, one: PanelObject, place: Affine) -> dict[tuple[int, int] | str, QPointF]:
        """Handles and the knob to turn by, in pixels."""
        shown = one.place.then(place)
        found: dict[tuple[int, int] | str, QPointF] = {}
        if can_resize(one):
            for across, down in HANDLES:
                at = (1 + across) / 2 * one.width, (1 + down) / 2 * one.height
                found[across, down] = QPointF(*shown.point(*at))
        top, middle = (QPointF(*shown.point(one.width / 2, share * one.height)) for share in (0.0, 0.5))
        way = top - middle
        length = max((way.x() ** 2 + way.y() ** 2) ** 0.5, 1e-6)
        found["turn"] = top + way * (_KNOB_PX / length)
        return found

    # --- painting

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint the chosen object's frame, itself where it is held, and guides."""
        one, place = self._one(), self._place()
        if place is None or one is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ghost(painter, one, place)
            self._paint_guides(painter, place)
            self._paint_frame(painter, one, place)

    def _paint_ghost(self, painter: QPainter, one: PanelObject, place: Affine) -> None:
        if self._now is None or self._objects is None:
            return
        recipe = self._objects.recipe.with_objects((one,))
        drawn = self._drawn(self._objects.model_copy(update={"recipe": recipe}), one.id)
        if drawn is None:
            return
        painter.save()
        painter.setTransform(QTransform(*one.place.then(place)))
        painter.setOpacity(max(0.4, drawn.opacity * 0.8))
        for part in drawn.parts:
            if isinstance(part, InkedPath):
                painter.fillPath(path_of(part), QColor(*rgb_of(part.ink)))
        painter.restore()

    def _paint_frame(self, painter: QPainter, one: PanelObject, place: Affine) -> None:
        corners = QPolygonF([QPointF(*place.point(*corner)) for corner in one.corners])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in (("#ffffff", 3.0), (self._accent, 1.4)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawPolygon(corners)
        if one.locked or not self._changeable:
            return
        painter.setPen(QPen(QColor(self._accent), 1.4))
        painter.setBrush(QColor("#ffffff"))
        half = _HANDLE_PX / 2
        for handle, at in self._handle_spots(one, place).items():
            area = QRectF(at.x() - half, at.y() - half, _HANDLE_PX, _HANDLE_PX)
            if handle == "turn":
                painter.drawEllipse(area)
            else:
                painter.drawRect(area)

    def _paint_guides(self, painter: QPainter, place: Affine) -> None:
        recipe = self._recipe
        if recipe is None:
            return
        width, height = recipe.panel
        painter.setPen(QPen(QColor(_GUIDE), 1))
        for x in self._guides.across:
            painter.drawLine(QPointF(*place.point(x, 0)), QPointF(*place.point(x, height)))
        for y in self._guides.along:
            painter.drawLine(QPointF(*place.point(0, y)), QPointF(*place.point(width, y)))

    # --- what is done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Take what is meant for an object; everything else is the view's."""
        del watched
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._flat.rect())
        elif self._objects is None:
            return False
        elif isinstance(event, QKeyEvent):
            return self._take_key(event)
        elif isinstance(event, QMouseEvent):
            return self._take_mouse(event)
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        one = self._one()
        if one is None or self._begun is not None or not self._changeable:
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        copies = control and event.key() == Qt.Key.Key_D
        moves = event.key() in _ARROWS and not control and not one.locked
        ends = event.key() == Qt.Key.Key_Escape
        if not (copies or moves or ends or event.key() in _DELETING):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or Delete would take the panel's picture off
        elif event.type() == QEvent.Type.KeyPress:
            self._do_key(event, one)
        return True

    def _do_key(self, event: QKeyEvent, one: PanelObject) -> None:
        if event.key() in _DELETING:
            self.delete_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.chosen.emit("")
        elif event.key() in _ARROWS:
            right, down = _ARROWS[Qt.Key(event.key())]
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step = _FINE_MM if fine else _STEP_MM
            self.stepped.emit(moved(one, right * step, down * step))
        else:
            self.copy_wanted.emit()

    def _take_mouse(self, event: QMouseEvent) -> bool:
        place = self._place()
        if place is None:
            return False
        kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseMove and self._begun is not None:
            self._hold(event, place)
            return True
        if kind == QEvent.Type.MouseButtonRelease and self._begun is not None and left:
            self._let_go()
            return True
        if kind == QEvent.Type.MouseButtonPress and left:
            return self._press(event, place)
        if kind == QEvent.Type.MouseButtonDblClick and left:
            return self._open(event, place)
        return False

    def _press(self, event: QMouseEvent, place: Affine) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:  # moves the sheet
            return False
        at, one, recipe = event.position(), self._one(), self._recipe
        assert recipe is not None
        if one is not None and not one.locked and self._changeable:
            for handle, spot in self._handle_spots(one, place).items():
                if (spot - at).manhattanLength() <= 2 * _REACH_PX:
                    self._begun = one, at, handle
                    return True
        found = object_at(recipe, *self._on_panel(place, at), self._reach(place))
        if found is None:
            if one is not None:
                self.chosen.emit("")
            return False
        self._flat.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit(found.id)
        if self._changeable:
            self._begun = found, at, "move"
        return True

    def _reach(self, place: Affine) -> float:
        """Pixels beside a box that still count, in millimetres."""
        (left, top), (right, _) = place.point(0, 0), place.point(1, 0)
        return 3.0 / max(abs(right - left) + abs(place.point(1, 0)[1] - top), 1e-6)

    def _open(self, event: QMouseEvent, place: Affine) -> bool:
        recipe = self._recipe
        assert recipe is not None
        found = object_at(recipe, *self._on_panel(place, event.position()), self._reach(place))
        if found is None:
            return False
        self.chosen.emit(found.id)
        self.opened.emit()
        return True

    def _hold(self, event: QMouseEvent, place: Affine) -> None:
        assert self._begun is not None
        one, start, handle = self._begun
        at = event.position()
        if self._now is None and (at - start).manhattanLength() < 4:
            return
        free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        x, y = self._on_panel(place, at)
        self._guides = Snapped()
        if handle == "turn":
            self._now = turned(one, x, y, free=free)
        elif isinstance(handle, str):
            from_x, from_y = self._on_panel(place, start)
            self._now = self._snapped(moved(one, x - from_x, y - from_y), place, free=free)
        else:
            even = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._now = resized(one, handle, x, y, even=even)
        self.update()

    def _snapped(self, one: PanelObject, place: Affine, *, free: bool) -> PanelObject:
        recipe = self._recipe
        if free or recipe is None:
            return one
        within = _SNAP_PX / 3.0 * self._reach(place)
        self._guides = snapped(one, recipe.objects, recipe.panel, self._safe, within)
        return moved(one, self._guides.right, self._guides.down)

    def _let_go(self) -> None:
        now, self._begun, self._guides = self._now, None, Snapped()
        self.update()
        if now is not None:
            self.changed.emit(now)


def path_of(part: InkedPath) -> QPainterPath:
    """A closed path as Qt draws it."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill if part.even_odd else Qt.FillRule.WindingFill)
    for step, places in steps(part.outline):
        if step == "M":
            path.moveTo(*places)
        elif step == "L":
            path.lineTo(*places)
        elif step == "C":
            path.cubicTo(*places)
        else:
            path.closeSubpath()
    return path
