"""A colour taken from the artwork on the flat view, with everything that lies over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from packdesk.domain.affine import Affine
from packdesk.domain.objects.on_blank import panel_place

if TYPE_CHECKING:
    from packdesk.ui.flat.view import FlatView


class Eyedropper(QObject):
    """Waits for a click on the flat view.

    Signals:
        taken: a colour, as `#rrggbb`.
    """

    taken = Signal(str)

    def __init__(self, flat: FlatView) -> None:
        super().__init__(flat)
        self._flat, self._waits = flat, False

    def begin(self) -> None:
        """Take the next click; Escape ends it."""
        if not self._waits:
            self._waits = True
            self._flat.installEventFilter(self)
            self._flat.setCursor(Qt.CursorShape.CrossCursor)
            self._flat.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Wait no longer."""
        if self._waits:
            self._waits = False
            self._flat.removeEventFilter(self)
            self._flat.unsetCursor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Take a click, or Escape; everything else is the view's."""
        del watched
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                self.end()
            return True
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if event.type() == QEvent.Type.MouseButtonRelease:
                colour = colour_at(self._flat, event.position())
                if colour:
                    self.end()
                    self.taken.emit(colour)
            return True
        return False


def colour_at(flat: FlatView, position: QPointF) -> str:
    """The colour of the picture at a place of the view, as `#rrggbb`; '' where there is none."""
    sheet = flat.sheet
    if sheet is None:
        return ""
    shown = flat.to_pixels()
    to_view = Affine(shown.m11(), shown.m12(), shown.m21(), shown.m22(), shown.dx(), shown.dy())
    for panel in sheet.scene.dieline.panels:
        picture = sheet.scene.pictures.get(panel.panel_id)
        if picture is None or picture.isNull():
            continue
        width, height = panel.picture_size
        x, y = panel_place(panel, (width, height)).then(to_view).inverse().point(position.x(), position.y())
        if 0 <= x < width and 0 <= y < height:
            pixel = QRect(int(x / width * picture.width()), int(y / height * picture.height()), 1, 1)
            colour = picture.copy(pixel).toImage().pixelColor(0, 0)
            return str(colour.name()) if colour.alpha() else ""
    return ""
