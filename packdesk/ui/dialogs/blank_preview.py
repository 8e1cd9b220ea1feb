"""A small picture of what an export will show: the blank, or the package in 3D."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from packdesk.domain.dieline.values import LineType
from packdesk.export.flat.drawing import ORDER
from packdesk.export.flat.painting import painter_path
from packdesk.export.flat.sheet import FlatOptions
from packdesk.export.flat.styles import line_style
from packdesk.ui.flat.panel_painting import draw_panel
from packdesk.ui.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPaintEvent

    from packdesk.domain.dieline.values import Dieline
    from packdesk.ui.theme import Theme

LEAST_SIZE = QSize(300, 112)
_MARGIN = 14
_DASHES = {
    LineType.CREASE: [6, 3],
    LineType.PERFORATION: [2, 2],
    LineType.SAFE: [1, 2],
    LineType.GLUE: [3, 2],
}
"""In pixels: at this size the lengths of the files would not be seen."""


class BlankPreview(QWidget):
    """Shows one of both, fitted, or why there is none; nothing of it can be clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._dieline: Dieline | None = None
        self._options = FlatOptions()
        self._pictures: Mapping[str, QPixmap] = {}
        self._package = QPixmap()
        self.words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Preview"))

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As wide as a blank usually is; it grows with the dialog."""
        return QSize(440, LEAST_SIZE.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Small enough for small screens."""
        return LEAST_SIZE

    def set_theme(self, theme: Theme) -> None:
        """Paint in the theme's colours."""
        self._theme = theme
        self.update()

    def show_blank(self, dieline: Dieline, pictures: Mapping[str, QPixmap], options: FlatOptions) -> None:
        """Show a blank."""
        self._dieline, self._pictures, self._options = dieline, pictures, options
        self._package, self.words = QPixmap(), ""
        self.update()

    def show_words(self, words: str) -> None:
        """Show no blank and no package, but why."""
        self._dieline, self._package, self.words = None, QPixmap(), words
        self.update()

    def show_package(self, picture: QPixmap) -> None:
        """Show the package as it looks."""
        self._dieline, self._package, self.words = None, picture, ""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint it."""
        del event
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QPainterPath()
        frame.addRoundedRect(self._frame().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.fillPath(frame, QColor(self._theme.window))
        painter.setClipPath(frame)
        if not self._package.isNull():
            painter.drawPixmap(self._frame(), self._package, QRectF(self._package.rect()))
        elif self._dieline is not None:
            self._paint_blank(painter, self._dieline)
        else:
            painter.setPen(QColor(self._theme.error))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(
                QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), flags, self.words
            )
        painter.setClipping(False)
        painter.resetTransform()
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.drawPath(frame)

    def _frame(self) -> QRectF:
        """All of the widget, or what the package's picture takes of it."""
        frame = QRectF(self.rect())
        if not self._package.isNull():
            size = self._package.size().toSizeF().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
            frame = QRectF(QPointF(), size)
            frame.moveCenter(QRectF(self.rect()).center())
        return frame

    def _paint_blank(self, painter: QPainter, dieline: Dieline) -> None:
        bleed = dieline.options.bleed
        width, height = dieline.width + 2 * bleed, dieline.height + 2 * bleed
        scale = min((self.width() - 2 * _MARGIN) / width, (self.height() - 2 * _MARGIN) / height)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(scale, scale)
        painter.translate(-dieline.width / 2, -dieline.height / 2)
        for cut in dieline.of_kind(LineType.CUT):
            painter.fillPath(painter_path(cut), QColor("#ffffff"))
        if self._options.artwork:
            for panel in dieline.panels:
                if panel.panel_id in self._pictures:
                    draw_panel(painter, panel, self._pictures[panel.panel_id])
        for kind in ORDER:
            for path in dieline.of_kind(kind):
                painter.strokePath(painter_path(path), self._pen(kind))

    def _pen(self, kind: LineType) -> QPen:
        style = line_style(self._options.colours, kind)
        pen = QPen(QColor(*style.rgb), 1.4 if kind is LineType.CUT else 1.0)
        pen.setCosmetic(True)
        if kind in _DASHES:
            pen.setDashPattern(_DASHES[kind])
        return pen
