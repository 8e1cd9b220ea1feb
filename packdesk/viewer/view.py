"""The widget that shows a package and lets it be turned, moved and picked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget

from packdesk.viewer.camera import FIELD_OF_VIEW, FLAT_FIELD_OF_VIEW
from packdesk.viewer.canvas import PackageCanvas
from packdesk.viewer.gestures import Gesture, MouseTracker
from packdesk.viewer.navigation import Navigator, Turntable
from packdesk.viewer.picking import facing, is_hidden, pick, ray_through
from packdesk.viewer.pinning import Spots
from packdesk.viewer.shots import camera_of, view_of
from packdesk.viewer.touching import touched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import (
        QKeyEvent,
        QMouseEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from packdesk.domain.saved_view import SavedView
    from packdesk.viewer.camera import Camera
    from packdesk.viewer.pinning import Place
    from packdesk.viewer.scene import Scene

LEAST_SIZE = 280, 124
_DEGREES_PER_PIXEL = 0.45
_DEGREES_PER_KEY = 5.0
_ZOOM_PER_STEP = 0.88  # of one notch of a wheel, which Qt counts as 120
_ARROWS: dict[int, tuple[float, float]] = {
    Qt.Key.Key_Left: (-_DEGREES_PER_KEY, 0.0),
    Qt.Key.Key_Right: (_DEGREES_PER_KEY, 0.0),
    Qt.Key.Key_Up: (0.0, _DEGREES_PER_KEY),
    Qt.Key.Key_Down: (0.0, -_DEGREES_PER_KEY),
}
_ZOOM_KEYS: dict[int, float] = {
    Qt.Key.Key_Plus: _ZOOM_PER_STEP,
    Qt.Key.Key_Equal: _ZOOM_PER_STEP,
    Qt.Key.Key_Minus: 1 / _ZOOM_PER_STEP,
}


class PackageView(PackageCanvas):
    """Shows a scene. Setters in, signals out; it never changes the scene itself.

    The left button turns, the middle or right one (or shift) moves, the wheel zooms where
    the pointer is, a double click fits.

    Signals:
        panel_clicked: a panel, or '' for the background.
        panel_hovered: the panel under the pointer changed; '' for none.
        context_menu_wanted: a right click: the panel, or '', and where on the screen.
        turning_changed: whether the turntable runs.
        camera_moved: it looks from somewhere else.
        draw_failed: why nothing can be drawn, once, in words for the user (of the canvas).
    """

    panel_clicked = Signal(str)
    panel_hovered = Signal(str)
    context_menu_wanted = Signal(str, QPoint)
    turning_changed = Signal(bool)
    camera_moved = Signal()

    def __init__(self, parent: QWidget | None = None, *, samples: int | None = None) -> None:
        """Make an empty view; `samples` overrides the application's smoothing for this view."""
        super().__init__(parent, samples=samples)
        self._hovered = ""
        self._spots: tuple[object, Spots] | None = None
        self._mouse = MouseTracker(QApplication.startDragDistance())
        self._navigator = Navigator(self)
        self._saved: tuple[SavedView, Camera] | None = None
        self._navigator.moved.connect(self.update)
        self._navigator.moved.connect(self.camera_moved)
        self._turntable = Turntable(self)
        self._turntable.turned.connect(self._turn)
        self._turntable.changed.connect(self.turning_changed)
        self.setMinimumSize(*LEAST_SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Package in 3D"))
        self.setAccessibleDescription(
            self.tr("Arrow keys turn the package, plus and minus zoom, Home shows all of it.")
        )

    # --- what is shown

    def set_scene(self, scene: Scene) -> None:
        """Draw this scene from now on. Cheap when only sizes differ: nothing is uploaded for them."""
        self._scene = scene
        extent = scene.unfolding.extent if scene.unfolding else None
        self._navigator.set_package(scene.package_type, scene.dimensions, extent)
        self.update()

    def camera(self) -> Camera:
        """The present camera."""
        return self._navigator.camera

    def set_camera(self, camera: Camera) -> None:
        """Set the camera; the view does not follow the package's size until `fit` is called."""
        self._navigator.place(camera)

    def saved_view(self, name: str) -> SavedView:
        """Where it looks from now, or is turning to, under a name; there has to be a scene."""
        assert self._scene is not None, "only what is shown has a view"
        return view_of(self._navigator.goal, self._scene, self._aspect(), name)

    def show_saved_view(self, view: SavedView) -> None:
        """Look from there; one that has the package framed goes on framing it when its size changes.

        Until the camera is moved it stays that view, whatever shape this widget gets.
        """
        if self._scene is None:
            return
        camera = camera_of(view, self._scene, self._aspect())
        if view.frames_all:
            self._navigator.frame(camera, glide=False)
        else:
            self._navigator.place(camera)
        self._saved = view, self.camera()

    def show_named_view(self, name: str, *, glide: bool = True) -> None:
        """Turn to a view of `camera.NAMED_VIEWS` and fit the package into the frame.

        Raises:
            KeyError: there is no such view.
        """
        self._navigator.frame(self._navigator.goal.looking(name), glide=glide and self.isVisible())

    def turn_to(self, panel_id: str, *, glide: bool = True) -> None:
        """Turn the closed package so that a hidden panel is seen; never while the user turns it."""
        scene, held = self._scene, self._mouse.gesture is not None or self._turntable.running
        if scene is None or scene.unfolding is not None or held:
            return
        if is_hidden(self.camera(), panel_id, scene.dimensions):
            self._navigator.turn(facing(self._navigator.goal, panel_id), glide=glide and self.isVisible())

    def turn_to_place(self, place: Place, *, glide: bool = True) -> None:
        """As `turn_to`, so that a place on the panel is seen: that of a cylinder goes all around."""
        scene, held = self._scene, self._mouse.gesture is not None or self._turntable.running
        if scene is None or scene.unfolding is not None or held:
            return
        if not Spots(scene, [place]).seen(self.camera())[0]:
            goal = facing(self._navigator.goal, place.panel_id, place.u)
            self._navigator.turn(goal, glide=glide and self.isVisible())

    def fit(self, *, glide: bool = True) -> None:
        """Bring the whole package back into the frame, from the present angle."""
        self._navigator.frame(self._navigator.goal, glide=glide and self.isVisible())

    @Slot(bool)
    def set_perspective(self, perspective: bool) -> None:  # noqa: FBT001  (a slot)
        """See the package through a usual lens, or through one so long that parallel edges stay parallel."""
        angle = FIELD_OF_VIEW if perspective else FLAT_FIELD_OF_VIEW
        camera = replace(self._navigator.goal, field_of_view=angle)
        self._navigator.frame(camera, glide=self.isVisible())

    @Slot(bool)
    def set_turning(self, turning: bool) -> None:  # noqa: FBT001  (a slot)
        """Start or stop the turntable; touching the picture stops it too."""
        self._turntable.set_running(turning)

    def spots(self, places: Sequence[Place]) -> list[tuple[float, float] | None]:
        """Where places on panels are now, in logical pixels; None for what is not seen."""
        if self._scene is None:
            return [None] * len(places)
        shape = self._scene.package_type, self._scene.dimensions, self._scene.unfolding, tuple(places)
        if self._spots is None or self._spots[0] != shape:  # a camera moves more often than they do
            self._spots = shape, Spots(self._scene, places)
        return self._spots[1].at(self.camera(), self.width(), self.height())

    def panel_at(self, position: QPointF) -> str:
        """The panel under a position in logical pixels, '' for none."""
        if self._scene is None:
            return ""
        ray = ray_through(self.camera(), position.x(), position.y(), self.width(), self.height())
        return pick(self._scene, ray) or ""

    def place_at(self, position: QPointF) -> Place | None:
        """The place of a panel's picture under a position in logical pixels; None beside all panels."""
        if self._scene is None:
            return None
        ray = ray_through(self.camera(), position.x(), position.y(), self.width(), self.height())
        return touched(self._scene, ray)

    # --- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Begin to orbit, pan or click."""
        self._turntable.set_running(False)
        self._mouse.press(event.position(), event.button(), event.modifiers())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Turn or move while a button is down, otherwise say what is under the pointer."""
        if self._mouse.gesture is None:
            self._hover(self.panel_at(event.position()))
            return
        step = self._mouse.move(event.position())
        if step is None:
            return
        if self._mouse.gesture is Gesture.ORBIT:
            self._navigator.orbit(-_DEGREES_PER_PIXEL * step.x(), _DEGREES_PER_PIXEL * step.y())
        else:
            self._navigator.pan(-step.x() / self.height(), step.y() / self.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """End the gesture; a click names the panel."""
        if not self._mouse.release(event.button()):
            return
        panel = self.panel_at(event.position())
        if event.button() == Qt.MouseButton.RightButton:
            self.context_menu_wanted.emit(panel, event.globalPosition().toPoint())
        elif event.button() == Qt.MouseButton.LeftButton:
            self.panel_clicked.emit(panel)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Fit the package into the frame."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Zoom; what is under the pointer stays there."""
        place, height = event.position(), self.height()
        right, up = (place.x() - self.width() / 2) / height, (height / 2 - place.y()) / height
        self._navigator.zoom(_ZOOM_PER_STEP ** (event.angleDelta().y() / 120), right, up)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's name
        """Ask for a menu by keyboard; by mouse the release of the button does, as it may still be a move.

        Left to itself the event would go on to the window, which shows a menu of its docks at once.
        """
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self._scene is not None:
            self.context_menu_wanted.emit(self._scene.selected or "", self.mapToGlobal(self.rect().center()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Nothing is under the pointer any more."""
        self._hover("")
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Turn, zoom or fit; other keys are the window's."""
        key = event.key()
        if key in _ARROWS:
            self._navigator.orbit(*_ARROWS[key])
        elif key in _ZOOM_KEYS:
            self._navigator.zoom(_ZOOM_KEYS[key])
        elif key == Qt.Key.Key_Home:
            self.show_named_view("home")
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Leave releases alone: pyqtgraph would keep a timer of its own for them."""
        event.ignore()

    @Slot(float)
    def _turn(self, degrees: float) -> None:
        self._navigator.orbit(degrees, 0.0)

    def _hover(self, panel_id: str) -> None:
        if panel_id != self._hovered:
            self._hovered = panel_id
            self.panel_hovered.emit(panel_id)

    # --- the widget's life

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Keep the package framed, or the saved view that is shown, at the new aspect."""
        super().resizeEvent(event)
        unmoved = self._saved[0] if self._saved and self._saved[1] == self.camera() else None
        self._navigator.set_aspect(self._aspect())
        if unmoved is not None:
            self.show_saved_view(unmoved)

    def _aspect(self) -> float:
        return float(self.width() / max(self.height(), 1))
