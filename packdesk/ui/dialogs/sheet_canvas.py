"""A sheet of artwork under the blank's lines: moved, scaled and turned by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPixmap, QPolygonF, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from packdesk.domain.dieline.values import LineType
from packdesk.domain.sheet.snapping import snap_lines, snapped
from packdesk.ui.flat.camera import FlatCamera, Margins, fitting
from packdesk.ui.flat.draft import Draft, font_of, see_through, text_size
from packdesk.ui.flat.panel_painting import panel_area
from packdesk.ui.flat.sheet import draw_board, draw_lines, to_pixels
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.sheet.placement import SheetPlacement
    from packdesk.ui.theme import Theme

_Grip = Literal["", "sheet", "corner", "turn"]
_MARGIN, _NEAR_PX, _SNAP_PX = 44.0, 11.0, 7.0
_BESIDE = 0.28  # opacity of the sheet where there is no blank
_HANDLE, _STALK, _NAME_PX = 5.0, 26.0, 11
_SNAP_DEGREES, _PER_NOTCH = 3.0, 1.02
_LEAST_SCALE, _MOST_SCALE = 0.01, 100.0
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SheetCanvas(QWidget):
    """Shows a sheet below a blank.

    Dragging moves it, a corner or the wheel scales it, the handle above it turns it. Arrow keys move it by a
    millimetre, with Shift by a tenth.

    Signals:
        moved: the user has laid it elsewhere: a `SheetPlacement`.
    """

    moved = Signal(object)

    def __init__(
        self, dieline: Dieline, small: npt.NDArray[np.uint8], placement: SheetPlacement, theme: Theme
    ) -> None:
        super().__init__()
        self._dieline, self._theme = dieline, theme
        self._placement, self._lines = placement, snap_lines(dieline)
        rows, columns = small.shape[:2]
        image = QImage(small.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
        self._picture = QPixmap.fromImage(image)
        self._grip: _Grip = ""
        self._from, self._before = QPointF(), placement
        self._across: float | None = None
        self._down: float | None = None
        self.snaps = True
        self.setMinimumSize(360, 300)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("The artwork under the blank"))
        self.setAccessibleDescription(self.tr("Arrow keys move it by 1 mm, with Shift by 0.1 mm."))

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As large as there is room for."""
        return QSize(760, 620)

    def show_placement(self, placement: SheetPlacement) -> None:
        """Show the sheet there."""
        self._placement, self._across, self._down = placement, None, None
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """In these colours."""
        self._theme = theme
        self.update()

    # --- by hand

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Take hold of the sheet or one of its handles."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = self._at(event.position()) or "sheet"
            self._from, self._before = event.position(), self._placement

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Move, scale or turn it."""
        if not self._grip:
            shapes = {"corner": Qt.CursorShape.SizeFDiagCursor, "turn": Qt.CursorShape.CrossCursor}
            self.setCursor(shapes.get(self._at(event.position()), Qt.CursorShape.SizeAllCursor))
            return
        take = {"sheet": self._dragged, "corner": self._scaled, "turn": self._turned}[self._grip]
        self._lay(take(event.position()), snap=self._grip == "sheet" and self.snaps)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Let go."""
        del event
        self._grip, self._across, self._down = "", None, None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  (Qt's name)
        """Scale about the sheet's middle."""
        scale = self._placement.scale * _PER_NOTCH ** (event.angleDelta().y() / 120)
        self._lay(replace(self._placement, scale=min(max(scale, _LEAST_SCALE), _MOST_SCALE)))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Move it by a step."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        length = 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        self._lay(self._placement.moved(step[0] * length, step[1] * length))

    def _lay(self, placement: SheetPlacement, *, snap: bool = False) -> None:
        self._across = self._down = None
        if snap:
            found = snapped(placement, self._lines, _SNAP_PX / self._camera().scale)
            placement, self._across, self._down = found
        self._placement = placement
        self.moved.emit(placement)
        self.update()

    def _dragged(self, at: QPointF) -> SheetPlacement:
        step = (at - self._from) / self._camera().scale
        return self._before.moved(step.x(), step.y())

    def _scaled(self, at: QPointF) -> SheetPlacement:
        """About its middle: by how much further from it the hand is now."""
        middle = self._to_pixels().map(QPointF(self._before.x, self._before.y))
        before = max(QLineF(middle, self._from).length(), 1.0)
        scale = self._before.scale * QLineF(middle, at).length() / before
        return replace(self._before, scale=min(max(scale, _LEAST_SCALE), _MOST_SCALE))

    def _turned(self, at: QPointF) -> SheetPlacement:
        middle = self._to_pixels().map(QPointF(self._before.x, self._before.y))
        by = math.degrees(
            math.atan2(at.y() - middle.y(), at.x() - middle.x())
            - math.atan2(self._from.y() - middle.y(), self._from.x() - middle.x())
        )
        turned = self._before.at_angle(self._before.degrees + by)
        return replace(turned, angle=0.0) if abs(turned.angle) < _SNAP_DEGREES else turned

    def _at(self, point: QPointF) -> _Grip:
        if QLineF(point, self._turn_handle()).length() < _NEAR_PX:
            return "turn"
        if any(QLineF(point, corner).length() < _NEAR_PX for corner in self._corners()):
            return "corner"
        return ""

    # --- on screen

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint the sheet, clearly where the blank is, and the blank's lines over it."""
        del event
        frame = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.fillRect(frame, QColor(self._theme.window))
            draft = Draft(painter, self._theme, self._to_pixels(), frame)
            draw_board(draft, self._dieline)
            self._draw_sheet(painter, _BESIDE)
            painter.save()
            painter.setClipPath(self._board(draft))
            painter.fillRect(frame, QColor("white"))
            self._draw_sheet(painter, 1.0)
            painter.restore()
            draw_lines(draft, self._dieline)
            self._draw_bleed(draft)
            self._draw_names(draft)
            self._draw_snaps(draft)
            self._draw_handles(draft)

    def _board(self, draft: Draft) -> QPainterPath:
        return draft.path(self._dieline.of_kind(LineType.CUT))

    def _draw_sheet(self, painter: QPainter, opacity: float) -> None:
        placement, placed = self._placement, self._placement.on_blank()
        painter.save()
        painter.setOpacity(opacity)
        painter.setTransform(QTransform(*placed[:2], *placed[2:4], *placed[4:]) * self._to_pixels())
        area = QRectF(0, 0, placement.width, placement.height)
        painter.drawPixmap(area, self._picture, QRectF(self._picture.rect()))
        painter.restore()

    def _draw_bleed(self, draft: Draft) -> None:
        bleed = draft.path(self._dieline.of_kind(LineType.BLEED))
        draft.stroke(bleed, QColor(self._theme.good), 1.0, (4.0, 3.0))

    def _draw_names(self, draft: Draft) -> None:
        """Each panel's name in its middle, turned as the panel reads, and so its artwork."""
        for panel in self._dieline.panels:
            name, font = f"{panel_name(panel.panel_id)} ↑", font_of(_NAME_PX)
            width, height = text_size(name, font)
            middle = draft.area(panel_area(panel)).center()
            draft.painter.save()
            draft.painter.translate(middle)
            draft.painter.rotate(panel.rotation)
            draft.painter.setPen(Qt.PenStyle.NoPen)
            draft.painter.setBrush(see_through(draft.paper, 0.8))
            draft.painter.drawRoundedRect(
                QRectF(-width / 2 - 5, -height / 2 - 1, width + 10, height + 2), 4, 4
            )
            draft.painter.restore()
            draft.write(name, middle, font, draft.ink, panel.rotation)

    def _draw_snaps(self, draft: Draft) -> None:
        path, frame = QPainterPath(), draft.frame
        if self._across is not None:
            x = draft.point(self._across, 0).x()
            path.moveTo(x, frame.top())
            path.lineTo(x, frame.bottom())
        if self._down is not None:
            y = draft.point(0, self._down).y()
            path.moveTo(frame.left(), y)
            path.lineTo(frame.right(), y)
        draft.stroke(path, QColor(self._theme.accent), 1.0)

    def _draw_handles(self, draft: Draft) -> None:
        corners, handle = self._corners(), self._turn_handle()
        edge = QPainterPath()
        edge.addPolygon(QPolygonF([*corners, corners[0]]))
        edge.moveTo((corners[0] + corners[1]) / 2)
        edge.lineTo(handle)
        draft.stroke(edge, see_through(draft.paper, 0.8), 3.5)
        draft.stroke(edge, QColor(self._theme.accent), 1.5)
        draft.painter.setPen(QColor(self._theme.accent))
        draft.painter.setBrush(QColor(self._theme.field))
        for corner in corners:
            draft.painter.drawRect(
                QRectF(corner.x() - _HANDLE, corner.y() - _HANDLE, 2 * _HANDLE, 2 * _HANDLE)
            )
        draft.painter.drawEllipse(handle, _HANDLE + 1, _HANDLE + 1)

    def _corners(self) -> list[QPointF]:
        placed = self._to_pixels()
        return [placed.map(QPointF(*corner)) for corner in self._placement.corners()]

    def _turn_handle(self) -> QPointF:
        """Above the sheet's upper edge, kept in sight."""
        corners = self._corners()
        middle = (corners[0] + corners[1]) / 2
        away = middle - (corners[2] + corners[3]) / 2
        length = max(math.hypot(away.x(), away.y()), 1.0)
        place = middle + away * (_STALK / length)
        inside = QRectF(self.rect()).adjusted(10, 10, -10, -10)
        return QPointF(
            min(max(place.x(), inside.left()), inside.right()),
            min(max(place.y(), inside.top()), inside.bottom()),
        )

    def _camera(self) -> FlatCamera:
        margins = Margins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        blank = self._dieline
        return fitting((blank.width, blank.height), (self.width(), self.height()), margins)

    def _to_pixels(self) -> QTransform:
        return to_pixels(self._camera(), self.width(), self.height())
