"""The package laid flat, to look at, to pick panels on, and to drop pictures on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget

from packdesk.domain.panels import LEAD_PANEL, PANEL_IDS
from packdesk.ui.dropping import is_offer, offer
from packdesk.ui.flat.canvas import FlatCanvas
from packdesk.ui.flat.sheet import WHOLE, FlatScene
from packdesk.ui.panel_drag import copies, drag_panel, dragged_panel, take
from packdesk.ui.wording import panel_name
from packdesk.viewer.gestures import Gesture, MouseTracker

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QWheelEvent,
    )

__all__ = ["FlatScene", "FlatView"]

_ZOOM_PER_NOTCH = 1.15  # of a wheel; Qt counts a notch as 120
_PIXELS_PER_KEY = 40
_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CLOSER = frozenset({Qt.Key.Key_Plus, Qt.Key.Key_Equal})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class FlatView(FlatCanvas):
    """Shows a flat scene. Setters in, signals out; it never changes the scene itself.

    A left click selects, the middle or right button (or Shift or Space with the left one) moves, the wheel
    zooms at the pointer, a double click fits. Ctrl with an arrow key selects the next panel that way. A
    panel with artwork is dragged onto another one.

    Signals:
        panel_clicked: a panel chosen by mouse or keyboard, or '' for the ground.
        panel_hovered: the panel under the pointer changed; '' for none.
        panel_dropped: a panel dropped on another one, that one, and whether it shall keep its artwork.
        dropped: panel id and the `Offer` dropped on it.
        sheet_dropped: the `Offer` of one picture dropped beside all panels: artwork for the whole package.
        context_menu_wanted: panel id, or '' for the ground, and the global position.
    """

    panel_clicked = Signal(str)
    panel_hovered = Signal(str)
    panel_dropped = Signal(str, str, bool)
    dropped = Signal(str, object)
    sheet_dropped = Signal(object)
    context_menu_wanted = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered = ""
        self._space, self._changeable = False, True
        self._mouse = MouseTracker(QApplication.startDragDistance())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Package laid flat"))
        self.setAccessibleDescription(
            self.tr(
                "Control with an arrow key selects the next panel in that direction, Enter selects the first "
                "one or opens the menu of the selected one. Arrow keys move the sheet, plus and minus zoom, "
                "Home shows all of it."
            )
        )

    # --- what is shown

    def set_scene(self, scene: FlatScene) -> None:
        """Show this from now on, and say what is selected to screen readers."""
        super().set_scene(scene)
        name = self.tr("Package laid flat")
        if scene.selected is not None:
            name = self.tr("Package laid flat, {0} selected").format(panel_name(scene.selected))
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def set_changeable(self, *, changeable: bool) -> None:
        """Whether panels may be dragged onto each other now."""
        self._changeable = changeable

    # --- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Begin to move or click."""
        held = Qt.KeyboardModifier.ShiftModifier if self._space else event.modifiers()
        self._mouse.press(event.position(), event.button(), held)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Move while a button for it is down, otherwise say what is under the pointer."""
        if self._mouse.gesture is None:
            self._hover(self.panel_at(event.position()))
            return
        step = self._mouse.move(event.position())
        if step is not None and self._mouse.gesture is Gesture.ORBIT:
            self._drag_panel(self.panel_at(self._mouse.start))
        elif step is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan(step.x(), step.y())

    def _drag_panel(self, panel_id: str) -> None:
        picture = self.sheet.scene.pictures.get(panel_id) if self.sheet is not None else None
        self._mouse.release(Qt.MouseButton.LeftButton)  # this one goes to where it is dropped
        if picture is not None and self._changeable:
            drag_panel(self, panel_id, picture)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """End the gesture; a click names the panel."""
        held = self._mouse.gesture
        clicked = self._mouse.release(event.button())
        if held is None or self._mouse.gesture is not None:
            return
        self._show_cursor()
        panel_id = self.panel_at(event.position())
        if clicked and event.button() == Qt.MouseButton.LeftButton:
            self.panel_clicked.emit(panel_id)
        elif clicked and event.button() == Qt.MouseButton.RightButton:
            self.context_menu_wanted.emit(panel_id, event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Fit the sheet into the frame."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Zoom at the pointer."""
        self.zoom(_ZOOM_PER_NOTCH ** (event.angleDelta().y() / 120), event.position())
        self._hover(self.panel_at(event.position()))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's name
        """Ask for a menu by keyboard; by mouse the release of the button does, as it may still be a move."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask_menu()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Nothing is under the pointer any more."""
        self._hover("")
        super().leaveEvent(event)

    def _hover(self, panel_id: str) -> None:
        if panel_id != self._hovered:
            self._hovered = panel_id
            self.panel_hovered.emit(panel_id)

    def _show_cursor(self) -> None:
        if self._space:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Select, move, zoom or fit; other keys are the window's."""
        key = event.key()
        if key in _ARROWS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._select_next(*_ARROWS[key])
        elif key in _ARROWS:
            right, down = _ARROWS[key]
            self.pan(-right * _PIXELS_PER_KEY, -down * _PIXELS_PER_KEY)
        elif key in _CLOSER:
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key in _ENTER:
            self._enter()
        elif key == Qt.Key.Key_Space:
            self._hold_space(held=True)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Let go of the sheet when Space is released."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hold_space(held=False)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Let go of the sheet: the release of Space would come to another widget."""
        self._hold_space(held=False)
        super().focusOutEvent(event)

    def _hold_space(self, *, held: bool) -> None:
        self._space = held
        if self._mouse.gesture is None:
            self._show_cursor()

    def _select_next(self, right: int, down: int) -> None:
        if self.sheet is None:
            return
        shown, blank = self.sheet.scene, self.sheet.scene.dieline
        if shown.selected is None or not blank.has(shown.selected):
            self.panel_clicked.emit(LEAD_PANEL[blank.package_type])
        elif found := blank.next_panel(shown.selected, right, down):
            self.panel_clicked.emit(found)

    def _enter(self) -> None:
        if self.sheet is not None and self.sheet.scene.selected is None:
            self.panel_clicked.emit(LEAD_PANEL[self.sheet.scene.dieline.package_type])
        else:
            self._ask_menu()

    def _ask_menu(self) -> None:
        if self.sheet is None:
            return
        shown = self.sheet.scene
        place = QPointF(self.rect().center())
        if shown.selected is not None and shown.dieline.has(shown.selected):
            place = self.to_pixels().map(QPointF(*shown.dieline.panel(shown.selected).centre))
        inside = self.rect()
        x = min(max(round(place.x()), inside.left()), inside.right())
        y = min(max(round(place.y()), inside.top()), inside.bottom())
        self.context_menu_wanted.emit(shown.selected or "", self.mapToGlobal(QPoint(x, y)))

    # --- what is dragged here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Welcome panels and pictures only."""
        event.setAccepted(bool(dragged_panel(event.mimeData())) or is_offer(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802  # Qt's name
        """Mark the panel under what is dragged; beside them all a picture is for the whole package."""
        if dragged_panel(event.mimeData()):
            target = self._panel_target(event)
            self.mark_target(target or None)
            if target:
                take(event)
            else:
                event.ignore()
            return
        welcome = is_offer(event.mimeData())
        panel_id = self.panel_at(event.position()) if welcome else ""
        self.mark_target(panel_id or (WHOLE if welcome and self._changeable else None))
        event.setAccepted(bool(panel_id) or (welcome and self._changeable))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  # Qt's name
        """Take the mark away."""
        self.mark_target(None)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Hand on the picture and the panel it was dropped on."""
        self.mark_target(None)
        if moved := dragged_panel(event.mimeData()):
            target = self._panel_target(event)
            if target:
                take(event)
                self.panel_dropped.emit(moved, target, copies(event))
            return
        panel_id = self.panel_at(event.position())
        event.setAccepted(is_offer(event.mimeData()) and (bool(panel_id) or self._changeable))
        if event.isAccepted() and panel_id:
            self.dropped.emit(panel_id, offer(event.mimeData()))
        elif event.isAccepted():
            self.sheet_dropped.emit(offer(event.mimeData()))

    def _panel_target(self, event: QDropEvent) -> str:
        """The panel that a panel may be dropped on there, '' for none."""
        moved, target = dragged_panel(event.mimeData()), self.panel_at(event.position())
        known = self.sheet is not None and moved in PANEL_IDS[self.sheet.scene.dieline.package_type]
        return target if known and self._changeable and target != moved else ""
