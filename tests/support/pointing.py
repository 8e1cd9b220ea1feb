"""Mouse, wheel and drag and drop, sent straight to what takes them: a widget, or a list's viewport."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from packdesk.ui.dialogs.export_kinds import export_kinds

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

    from packdesk.export.options import ExportFormat
    from packdesk.ui.dialogs.export_dialog import ExportDialog
    from packdesk.ui.dialogs.export_kinds import KindList

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def move_to(view: QWidget, place: QPointF, buttons: Qt.MouseButton = NO_BUTTON) -> None:
    send_mouse(view, QEvent.Type.MouseMove, place, NO_BUTTON, buttons)


def drag(view: QWidget, start: QPointF, end: QPointF, button: Qt.MouseButton = LEFT) -> None:
    """Press, move, release."""
    send_mouse(view, QEvent.Type.MouseButtonPress, start, button, button)
    move_to(view, (start + end) / 2, button)
    move_to(view, end, button)
    send_mouse(view, QEvent.Type.MouseButtonRelease, end, button, NO_BUTTON)


def choose_kind(kinds: KindList, wanted: ExportFormat) -> None:
    """Click a kind of file."""
    (row,) = (row for row, kind in enumerate(export_kinds()) if kind.format is wanted)
    place = QPointF(kinds.visualItemRect(kinds.item(row)).center())
    drag(kinds.viewport(), place, place)


def turn_wheel(view: QWidget, place: QPointF, notches: float) -> None:
    """Away from the user for more than 0."""
    turned = QPoint(0, round(120 * notches))
    glob = QPointF(view.mapToGlobal(place.toPoint()))
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, glob, QPoint(), turned, NO_BUTTON, NO_KEY, phase, False)
    QApplication.sendEvent(view, event)


def drag_over(view: QWidget, data: QMimeData, place: QPointF, held: Qt.KeyboardModifier = NO_KEY) -> bool:
    """Bring data into the view and over a place; whether it may be dropped there."""
    action = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place.toPoint(), action, data, LEFT, held)
    QApplication.sendEvent(view, enter)
    if not enter.isAccepted():
        return False
    move = QDragMoveEvent(place.toPoint(), action, data, LEFT, held)
    QApplication.sendEvent(view, move)
    return move.isAccepted()


def drop(view: QWidget, data: QMimeData, place: QPointF, held: Qt.KeyboardModifier = NO_KEY) -> bool:
    """Let go of data over a place; whether it was taken."""
    event = QDropEvent(place, Qt.DropAction.CopyAction, data, LEFT, held)
    QApplication.sendEvent(view, event)
    return event.isAccepted()


def send_mouse(
    view: QWidget,
    kind: QEvent.Type,
    place: QPointF,
    button: Qt.MouseButton,
    buttons: Qt.MouseButton,
) -> None:
    glob = QPointF(view.mapToGlobal(place.toPoint()))
    QApplication.sendEvent(view, QMouseEvent(kind, place, glob, button, buttons, NO_KEY))


def export_anyway(dialog: ExportDialog) -> None:
    """Press Export, and agree to what preflight has found."""
    QTest.mouseClick(dialog.writing.start_button, Qt.MouseButton.LeftButton)
    for question in dialog.findChildren(QMessageBox):
        question.accept()
