"""The camera of a view: how turning, moving, zooming and size changes move it, at once or animated."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QElapsedTimer, QObject, Qt, QTimer, QVariantAnimation, Signal

from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit, fit_extent, limited, limited_extent

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.geometry import FloatArray

DEGREES_PER_SECOND = 24.0
"""Of the turntable."""
_FRAME_MS = 16
_GLIDE_MS = 220
_HALVINGS = 20


class Navigator(QObject):
    """Owns the camera; `moved` follows every change of it.

    Until the user moves or zooms, the package stays framed: the angle is the user's, distance and centre
    follow the package's size and the picture's aspect. Afterwards the camera is only kept near and outside.
    """

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._camera = Camera()
        self._package: tuple[PackageType, Dimensions] | None = None
        self._extent: FloatArray | None = None
        self._aspect = 1.0
        self._framed = True
        self._glide = _Glide(self)
        self._glide.moved.connect(self._set)

    @property
    def camera(self) -> Camera:
        """The present camera."""
        return self._camera

    @property
    def goal(self) -> Camera:
        """Where it is moving to; the present camera while it rests."""
        return self._glide.goal() or self._camera

    def set_package(
        self, package_type: PackageType, dimensions: Dimensions, extent: FloatArray | None = None
    ) -> None:
        """Follow another package or size, or the outermost points of an opened one."""
        if self._package != (package_type, dimensions) or self._extent is not extent:
            self._package, self._extent = (package_type, dimensions), extent
            self._refit()

    def set_aspect(self, aspect: float) -> None:
        """Follow the picture's width divided by its height."""
        if self._aspect != aspect:
            self._aspect = aspect
            self._refit()

    def place(self, camera: Camera) -> None:
        """Set the camera; it no longer follows the size."""
        self._glide.stop()
        self._framed = False
        self._set(camera)

    def frame(self, camera: Camera, *, glide: bool) -> None:
        """Frame the package from that camera's angle, animated or at once."""
        self._framed = True
        self._glide_to(self._fitted(camera), glide=glide)

    def _glide_to(self, goal: Camera, *, glide: bool) -> None:
        self._glide.stop()
        if glide:
            self._glide.start(self._camera, goal)
        else:
            self._set(goal)

    def turn(self, camera: Camera, *, glide: bool) -> None:
        """Turn to another angle; what the user moved or zoomed stays so."""
        self._glide_to(self._fitted(camera) if self._framed else self._limited(camera), glide=glide)

    def orbit(self, azimuth: float, elevation: float) -> None:
        """Turn by these degrees."""
        self._glide.stop()
        self._apply(self._camera.orbited(azimuth, elevation))

    def pan(self, right: float, up: float) -> None:
        """Move sideways, in picture heights."""
        self._move_freely(self._camera.panned(right, up))

    def zoom(self, factor: float, right: float = 0.0, up: float = 0.0) -> None:
        """Move to `factor` times the distance, within the limits.

        What is seen at the anchor, `right` and `up` of the picture's middle in picture heights, stays there.
        """
        self._move_freely(self._zoomed_within_limits(factor, right, up))

    def _zoomed_within_limits(self, factor: float, right: float, up: float) -> Camera:
        wanted, reached = self._camera.zoomed(factor, right, up), self._camera
        if self._limited(wanted).distance == wanted.distance:
            return wanted
        # How near the camera may come depends on where it ends up, so the way there is halved repeatedly.
        possible, too_much = 1.0, factor
        for _ in range(_HALVINGS):
            tried = math.sqrt(possible * too_much)
            zoomed = self._camera.zoomed(tried, right, up)
            if self._limited(zoomed).distance == zoomed.distance:
                possible, reached = tried, zoomed
            else:
                too_much = tried
        return reached

    def _move_freely(self, camera: Camera) -> None:
        self._glide.stop()
        self._framed = False
        self._apply(camera)

    def _refit(self) -> None:
        camera = self.goal
        self._glide.stop()
        self._apply(camera)

    def _apply(self, camera: Camera) -> None:
        self._set(self._fitted(camera) if self._framed else self._limited(camera))

    def _set(self, camera: Camera) -> None:
        self._camera = camera
        self.moved.emit()

    def _fitted(self, camera: Camera) -> Camera:
        if self._extent is not None:
            return fit_extent(camera, self._extent, self._aspect)
        return fit(camera, *self._package, self._aspect) if self._package else camera

    def _limited(self, camera: Camera) -> Camera:
        if self._extent is not None:
            return limited_extent(camera, self._extent, self._aspect)
        return limited(camera, *self._package, self._aspect) if self._package else camera


class _Glide(QObject):
    """Animates a camera to another place, one movement at a time; `moved` carries it on its way."""

    moved = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ends: tuple[Camera, Camera] | None = None
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(_GLIDE_MS)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._motion.valueChanged.connect(self._advance)

    def start(self, origin: Camera, goal: Camera) -> None:
        """Start to move."""
        self._motion.stop()
        self._ends = origin, goal
        self._motion.start()

    def stop(self) -> None:
        """Stay where the camera is."""
        self._motion.stop()
        self._ends = None

    def goal(self) -> Camera | None:
        """The camera at the end of the movement, None when nothing moves."""
        running = self._motion.state() == QVariantAnimation.State.Running
        return self._ends[1] if running and self._ends else None

    def _advance(self, share: float) -> None:
        if self._ends:
            origin, goal = self._ends
            self.moved.emit(goal if share >= 1 else origin.blended(goal, share))


class Turntable(QObject):
    """Turns a package slowly, at the same speed however long a frame takes.

    Signals:
        turned: degrees since the last time.
        changed: whether it runs.
    """

    turned = Signal(float)
    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)

    @property
    def running(self) -> bool:
        """Whether it turns."""
        return self._timer.isActive()

    def set_running(self, running: bool) -> None:  # noqa: FBT001  (a slot)
        """Start or stop."""
        if running == self._timer.isActive():
            return
        if running:
            self._clock.start()
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit(running)

    def _step(self) -> None:
        self.turned.emit(DEGREES_PER_SECOND * self._clock.restart() / 1000)
