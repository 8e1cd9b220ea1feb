"""Shows the sheet from where a camera looks; what mouse and keys do is the view's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from packdesk.domain.panels import LEAD_PANEL
from packdesk.ui.flat_camera import FlatCamera, fitting
from packdesk.ui.flat_measures import margins_for
from packdesk.ui.flat_sheet import FlatSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent

    from packdesk.domain.flat_layout import FlatLayout
    from packdesk.ui.flat_scene import FlatScene

_ZOOM_PER_STEP = 1.25
_SCALES_OF_FIT = (0.5, 40.0)  # how far one may zoom, as multiples of the scale that fits
_TABBED = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class FlatCanvas(QGraphicsView):
    """The sheet in a frame: fitted, zoomed or moved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = FlatSheet(self)
        self.setScene(self.sheet)
        self._camera = FlatCamera()
        self._follows = True
        self._ringed = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumSize(320, 240)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        # Marks keep their size in pixels, so what a change touches is not known in millimetres.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # --- what is shown

    def set_scene(self, scene: FlatScene) -> None:
        """Show this from now on. Cheap when little differs: items and scaled pictures are kept.

        A fitted sheet stays fitted; one the user has zoomed or moved stays where its front or body is.
        """
        before, shown = self.sheet.layout, self.sheet.shown
        self.sheet.show_scene(scene)
        if self._follows or before is None or shown is None or shown.package_type != scene.package_type:
            self.fit()
            return
        old = before.panel(LEAD_PANEL[scene.package_type]).centre
        new = self._layout().panel(LEAD_PANEL[scene.package_type]).centre
        here = self._camera
        self._look(FlatCamera(here.scale, here.x + new[0] - old[0], here.y + new[1] - old[1]))

    def set_length_text(self, length_text: Callable[[float], str]) -> None:
        """Write lengths (given in millimetres) by this function, for instance in another unit."""
        self.sheet.length_text = length_text
        self.sheet.update()

    # --- where it is looked at from

    @property
    def camera(self) -> FlatCamera:
        """Where the sheet is looked at from."""
        return self._camera

    @property
    def fitted(self) -> bool:
        """Whether all of the sheet is in the frame, and stays there when sizes change."""
        return self._follows

    @Slot()
    def fit(self) -> None:
        """Bring all of the sheet into the frame and keep it there."""
        self._follows = True
        if self.sheet.layout is not None:
            self._look(self._fitting())

    @Slot()
    def zoom_in(self) -> None:
        """One step closer."""
        self.zoom(_ZOOM_PER_STEP)

    @Slot()
    def zoom_out(self) -> None:
        """One step away."""
        self.zoom(1 / _ZOOM_PER_STEP)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Multiply the scale; the point of the sheet at a position of the frame stays there."""
        if self.sheet.layout is None:
            return
        self._follows = False
        fit = self._fitting().scale
        low, high = (share * fit for share in _SCALES_OF_FIT)
        scale = min(max(self._camera.scale * factor, low), high)
        offset = (at or self._middle()) - self._middle()
        self._look(self._camera.zoomed(scale, offset.x(), offset.y()))

    def pan(self, right: float, down: float) -> None:
        """Move the sheet by that many pixels; its edge never passes the middle of the frame."""
        if self.sheet.layout is not None:
            self._follows = False
            self._look(self._camera.panned(right, down))

    def panel_at(self, position: QPointF) -> str:
        """The panel at a position in logical pixels, '' for none."""
        if self.sheet.layout is None:
            return ""
        place = self.viewportTransform().inverted()[0].map(position)
        return self.sheet.layout.panel_at(place.x(), place.y()) or ""

    def _layout(self) -> FlatLayout:
        assert self.sheet.layout is not None
        return self.sheet.layout

    def _middle(self) -> QPointF:
        return QPointF(self.viewport().width() / 2, self.viewport().height() / 2)

    def _fitting(self) -> FlatCamera:
        layout, frame = self._layout(), self.viewport().size()
        return fitting((layout.width, layout.height), (frame.width(), frame.height()), margins_for(layout))

    def _look(self, camera: FlatCamera) -> None:
        if not self._follows:
            camera = camera.kept_within(self._layout().width, self._layout().height)
        self._camera = camera
        self.setTransform(QTransform.fromScale(camera.scale, camera.scale))
        self.centerOn(camera.x, camera.y)

    # --- the widget's life

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Keep the sheet fitted, or its middle in the middle."""
        super().resizeEvent(event)
        if self.sheet.layout is not None:
            self._look(self._fitting() if self._follows else self._camera)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show a ring if the focus came by keyboard: after a click it would only disturb."""
        self._ringed = event.reason() in _TABBED
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Take the ring away."""
        self._ringed = False
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint the sheet, and the ring of the keyboard's focus."""
        super().paintEvent(event)
        if self._ringed and self.sheet.shown is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(self.sheet.shown.theme.accent), 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))
            painter.end()
