"""Shows the sheet from where a camera looks; what mouse and keys do is the view's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from packdesk.domain.panels import LEAD_PANEL
from packdesk.ui.flat.camera import FlatCamera, fitting
from packdesk.ui.flat.dimension_lines import margins_for
from packdesk.ui.flat.sheet import FlatSheet, to_pixels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.differing import Difference
    from packdesk.domain.lacking import Lacking
    from packdesk.domain.preflight.findings import Spot
    from packdesk.jobs.surround_loader import SurroundImage
    from packdesk.ui.flat.overlay import FlatOverlay
    from packdesk.ui.flat.sheet import FlatScene
    from packdesk.viewer.pinning import Place

_ZOOM_PER_STEP = 1.25
_SCALES_OF_FIT = (0.5, 40.0)  # how far one may zoom, as multiples of the scale that fits
LEAST_SIZE = 240, 90
_CLOSE_SHARE, _CLOSEST_MM = 0.7, 4.0  # of the frame is a line that is looked at; as if that long at least
_AROUND_MM = 30.0  # of the blank are seen around a place at least
_PANEL_SHARE = 0.86  # of the frame is a panel that is looked at
_TABBED = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class FlatCanvas(QWidget):
    """The sheet in a frame: fitted, zoomed or moved.

    A widget that paints itself: a QGraphicsView would have the whole window painted at once when its scene
    changes, before other news that waits.

    Signals:
        blank_changed: another `Dieline` is shown.
    """

    blank_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: FlatSheet | None = None
        self._length_text: Callable[[float], str] | None = None
        self._beside: tuple[Dieline, QPixmap, QRectF] | None = None
        self._camera = FlatCamera()
        self._follows = True
        self._ringed = False
        self.above: QWidget | None = None  # no name is written below it
        self.setMinimumSize(*LEAST_SIZE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # --- what is shown

    @property
    def sheet(self) -> FlatSheet | None:
        """What is shown, None for nothing yet."""
        return self._sheet

    @property
    def dieline(self) -> Dieline | None:
        """The blank that is shown, None for nothing yet."""
        return None if self._sheet is None else self._sheet.scene.dieline

    def set_scene(self, scene: FlatScene) -> None:
        """Show this from now on.

        A fitted sheet stays fitted; one the user has zoomed or moved stays where its front or body is.
        """
        before, self._sheet = self._sheet, FlatSheet(scene)
        if self._length_text is not None:
            self._sheet.length_text = self._length_text
        if before is not None:
            self._sheet.target, self._sheet.overlay = before.target, before.overlay
            self._sheet.unnamed = before.unnamed
            same = before.marked is not None and before.marked[0] == scene.selected
            self._sheet.marked = before.marked if same and before.scene.inside == scene.inside else None
        self._show_beside()
        old_blank, blank = None if before is None else before.scene.dieline, scene.dieline
        if blank is not old_blank and not scene.inside:
            self.blank_changed.emit(blank)
        if self._follows or old_blank is None or old_blank.package_type != blank.package_type:
            self.fit()
            return
        lead = LEAD_PANEL[blank.package_type]
        old, new = old_blank.panel(lead).centre, blank.panel(lead).centre
        here = self._camera
        self._look(FlatCamera(here.scale, here.x + new[0] - old[0], here.y + new[1] - old[1]))

    def set_length_text(self, length_text: Callable[[float], str]) -> None:
        """Write lengths (given in millimetres) by this function, for instance in another unit."""
        self._length_text = length_text
        if self._sheet is not None:
            self._sheet.length_text = length_text
        self.update()

    @Slot(object, object)
    def show_beside(self, surround: SurroundImage | None, dieline: Dieline) -> None:
        """What goes on on flaps and in the bleed of a blank; it is shown with that blank only."""
        self._beside = None
        if surround is not None:
            left, top, right, bottom = surround.box
            place = QRectF(left, top, right - left, bottom - top)
            self._beside = dieline, QPixmap.fromImage(surround.image), place
        self._show_beside()
        self.update()

    def _show_beside(self) -> None:
        if self._sheet is not None:
            fits = self._beside is not None and self._beside[0] == self._sheet.scene.dieline
            self._sheet.beside = self._beside[1:] if fits and self._beside is not None else None

    def mark_target(self, panel_id: str | None) -> None:
        """Mark the panel on which what is dragged would land; None for no panel."""
        if self._sheet is not None:
            self._sheet.target = panel_id
            self.update()

    def leave_unnamed(self, panel_id: str) -> None:
        """Leave out the name of a panel on which somebody works; '' for none."""
        if self._sheet is not None and self._sheet.unnamed != panel_id:
            self._sheet.unnamed = panel_id
            self.update()

    def set_overlay(self, overlay: FlatOverlay | None) -> None:
        """Lay a supplier's dieline over the sheet, None for none."""
        if self._sheet is not None:
            self._sheet.overlay = overlay
            self.update()

    def show_difference(self, one: Difference | Lacking | None) -> None:
        """Mark a line that differs, and look at it closely; None for no mark."""
        if self._sheet is None or self._sheet.overlay is None:
            return
        self._sheet.overlay.marked = None if one is None else one.path
        if one is not None:
            self._look_at(one.box, _CLOSE_SHARE)
        self.update()

    def show_panel(self, panel_id: str) -> None:
        """Look at a panel closely; at all of the blank if it is not on it."""
        if self._sheet is None:
            return
        panel = next((one for one in self._dieline().panels if one.panel_id == panel_id), None)
        if panel is None:
            self.fit()
        else:
            width, height = panel.sheet_size
            self._look_at((panel.x, panel.y, panel.x + width, panel.y + height), _PANEL_SHARE)

    def show_place(self, panel_id: str, place: Spot | None) -> None:
        """Look at a place on a panel, marked until another one is selected; at all of the panel for None."""
        self.show_panel(panel_id)
        if self._sheet is None or place is None or not self._dieline().has(panel_id):
            return
        panel = self._dieline().panel(panel_id)
        corners = [panel.point(u, v) for u in place[::2] for v in place[1::2]]
        across, down = zip(*corners, strict=True)
        box = min(across), min(down), max(across), max(down)
        self._sheet.marked = panel_id, box
        wide, high = max(_AROUND_MM, box[2] - box[0]) / 2, max(_AROUND_MM, box[3] - box[1]) / 2
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        self._look_at((x - wide, y - high, x + wide, y + high), _CLOSE_SHARE)
        self.update()

    def _look_at(self, box: tuple[float, float, float, float], share: float) -> None:
        self._follows = False
        low, high = (share * self._fitting().scale for share in _SCALES_OF_FIT)
        left, top, right, bottom = box
        scale = share * min(
            self.width() / max(right - left, _CLOSEST_MM), self.height() / max(bottom - top, _CLOSEST_MM)
        )
        scale = min(max(scale, 2 * low), high)
        self._look(FlatCamera(scale, (left + right) / 2, (top + bottom) / 2))

    # --- where it is looked at from

    @property
    def camera(self) -> FlatCamera:
        """Where the sheet is looked at from."""
        return self._camera

    @Slot()
    def fit(self) -> None:
        """Bring all of the sheet into the frame and keep it there."""
        self._follows = True
        if self._sheet is not None:
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
        if self._sheet is None:
            return
        self._follows = False
        fit = self._fitting().scale
        low, high = (share * fit for share in _SCALES_OF_FIT)
        scale = min(max(self._camera.scale * factor, low), high)
        offset = (at or self._middle()) - self._middle()
        self._look(self._camera.zoomed(scale, offset.x(), offset.y()))

    def pan(self, right: float, down: float) -> None:
        """Move the sheet by that many pixels; its edge never passes the middle of the frame."""
        if self._sheet is not None:
            self._follows = False
            self._look(self._camera.panned(right, down))

    def to_pixels(self) -> QTransform:
        """From the sheet's millimetres to the widget's logical pixels."""
        return to_pixels(self._camera, self.width(), self.height())

    def spots(self, places: Sequence[Place]) -> list[tuple[float, float] | None]:
        """Where places on panels are now, in logical pixels; None for those of panels that are not there."""
        outside = self._sheet is not None and not self._sheet.scene.inside  # they are places there
        panels = {} if not outside else {one.panel_id: one for one in self._dieline().panels}
        to_pixels = self.to_pixels()
        found: list[tuple[float, float] | None] = []
        for place in places:
            panel = panels.get(place.panel_id)
            at = None if panel is None else to_pixels.map(QPointF(*panel.point(place.u, place.v)))
            found.append(None if at is None else (at.x(), at.y()))
        return found

    def panel_at(self, position: QPointF) -> str:
        """The panel at a position in logical pixels, '' for none."""
        if self._sheet is None:
            return ""
        place = self.to_pixels().inverted()[0].map(position)
        return self._sheet.scene.dieline.panel_at(place.x(), place.y()) or ""

    def _dieline(self) -> Dieline:
        assert self._sheet is not None
        return self._sheet.scene.dieline

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _fitting(self) -> FlatCamera:
        blank = self._dieline()
        frame = self.width(), self.height()
        return fitting((blank.width, blank.height), frame, margins_for(blank, frame))

    def _look(self, camera: FlatCamera) -> None:
        blank = self._dieline()
        self._camera = camera if self._follows else camera.kept_within(blank.width, blank.height)
        self.update()

    # --- the widget's life

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Keep the sheet fitted, or its middle in the middle."""
        super().resizeEvent(event)
        if self._sheet is not None:
            self._look(self._fitting() if self._follows else self._camera)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show a ring if the focus came by keyboard: after a click it would only disturb."""
        self._ringed = event.reason() in _TABBED
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Take the ring away."""
        self._ringed = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint the sheet, and the ring of the keyboard's focus."""
        with QPainter(self) as painter:
            if self._sheet is None:
                painter.fillRect(event.rect(), self.palette().window())
            else:
                self._paint(painter, self._sheet)

    def _paint(self, painter: QPainter, sheet: FlatSheet) -> None:
        theme = sheet.scene.theme
        painter.fillRect(self.rect(), QColor(theme.window))
        over = self.above
        sheet.covered = QRectF(over.geometry()) if over is not None and over.isVisible() else QRectF()
        sheet.draw(painter, self._camera, (self.width(), self.height()))
        if self._ringed:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
