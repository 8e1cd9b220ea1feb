"""The OpenGL widget: draws one scene through one camera and handles failures of its context."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from packdesk.errors import DisplayError, PackdeskError
from packdesk.sentence import Sentence
from packdesk.viewer import gl, pictures
from packdesk.viewer.camera import Camera, crop_matrix
from packdesk.viewer.drawn import DrawnWidget
from packdesk.viewer.frame import RenderFrame, Tile, qmatrix
from packdesk.viewer.opening import NOTHING, Opening
from packdesk.viewer.render import render_tile
from packdesk.viewer.renderer import Renderer
from packdesk.viewer.screens import CardScreen
from packdesk.viewer.smoothing import Smoothing

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from PySide6.QtGui import QCloseEvent, QMatrix4x4, QShowEvent
    from PySide6.QtWidgets import QWidget

    from packdesk.viewer.scene import Scene

SAMPLES = 4
"""A pixel, for smooth edges."""
REST_MS = 150
"""Without a graphics card, frames that follow each other faster are drafts; the last one is then redone."""
_NO_OPENGL = DisplayError("This display offers no OpenGL, so the package cannot be shown in 3D.")


class _Item(GLGraphicsItem):  # type: ignore[misc]  # pyqtgraph ships no types
    """The package as an item of a pyqtgraph view."""

    def __init__(self, draw: Callable[[QMatrix4x4, QMatrix4x4], None]) -> None:
        super().__init__()
        self._draw = draw

    def paint(self) -> None:
        """Draw with the view's matrices."""
        self._draw(self.modelViewMatrix(), self.projectionMatrix())


class PackageCanvas(DrawnWidget):
    """Draws a scene, and survives changes of its context.

    A graphics card draws every frame in full quality, with several samples a pixel. Without one, the edges
    of the closed package are smoothed afterwards, and frames of a moving picture are drafts: artwork is read
    once a pixel, there is no grain; when the picture rests it is drawn once more in full.

    Signals:
        draw_failed: why nothing can be drawn, once, in words for the user.
    """

    draw_failed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, samples: int | None = None) -> None:
        """Make an empty canvas.

        Args:
            parent: the widget it stands in.
            samples: a pixel, None for `SAMPLES`; with 0, edges are not smooth and no frame is a draft.
        """
        super().__init__(parent)
        self._samples = SAMPLES if samples is None else samples
        self._smoothing = Smoothing()
        self._mends = False
        self._drafts = False
        self._draft = False
        self._changed = False
        self._opened = False
        self._since_frame = QElapsedTimer()
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self.update)
        self.frameSwapped.connect(self._on_presented)
        self._scene: Scene | None = None
        self._drawn: tuple[Scene | None, Camera] | None = None
        self._renderer = Renderer()
        self._complete = True
        self._opening = Opening(self)
        self._opening.timeout.connect(self.update)
        self._failure = ""
        self._reported = False
        self.addItem(_Item(self._draw))

    def scene(self) -> Scene | None:
        """The scene that is drawn, None for nothing yet."""
        return self._scene

    def camera(self) -> Camera:
        """The camera the scene is drawn with."""
        return Camera()

    @property
    def uploads(self) -> int:
        """How many meshes and pictures went to the graphics card so far."""
        return self._renderer.uploads

    @property
    def complete(self) -> bool:
        """Whether the last frame showed every picture, none waiting for its upload, and was no draft."""
        return self._complete and not self._draft and self._opened

    def release_gl(self) -> None:
        """Free everything on the graphics card; safe to call twice, and the view may be shown again.

        Closing a parent does not close its children: call this before deleting a view that stays inside one.
        """
        if self.isValid():
            self.makeCurrent()
            self.free()
            self.doneCurrent()

    def free(self) -> None:
        """Free everything in the current context."""
        self._renderer.release()
        self._smoothing.release()

    def around_frame(self) -> AbstractContextManager[None]:
        """Spread the first frames."""
        return self._opening.frame()

    def fail(self, error: DisplayError) -> None:
        """Tell why nothing can be drawn."""
        self._failure = error.full_text()
        self._report()

    def viewMatrix(self) -> QMatrix4x4:  # noqa: N802  # pyqtgraph's name
        """World to eye space, for every item of the view."""
        return qmatrix(self.camera().view_matrix())

    def projectionMatrix(  # noqa: N802  # pyqtgraph's name
        self, region: tuple[float, float, float, float], viewport: tuple[float, float, float, float]
    ) -> QMatrix4x4:
        """Eye to clip space of a region of the viewport, both in pixels from below."""
        left, bottom, width, height = viewport
        crop = crop_matrix(
            (region[0] - left) / width, (region[1] - bottom) / height, region[2] / width, region[3] / height
        )
        return qmatrix(crop @ self.camera().projection_matrix(width / height))

    def initializeGL(self) -> None:  # noqa: N802  # Qt's name
        """Check the context; pyqtgraph's own warning about OpenGL ES is not for users."""
        context = self.context()
        try:
            gl.require_version(context)
        except DisplayError as error:
            self._failure = error.full_text()
            return
        self._mends = self._samples > 0 and gl.is_software(context)
        self._drafts = self._mends and context.hasExtension(pictures.CODES)
        if isinstance(self._screen, CardScreen):  # Qt gives it another one where it comes into another window
            context.aboutToBeDestroyed.connect(self.release_gl, Qt.ConnectionType.DirectConnection)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            super().initializeGL()

    def paintGL(self) -> None:  # noqa: N802  # Qt's name
        """Draw one frame, and ask for another while a picture is still on its way; later, after a draft."""
        with gl.no_collection():
            # Set directly: the setter would ask for another frame, for ever.
            self.opts["bgcolor"] = self.palette().window().color().getRgbF()
            self._note_frame()
            if self._draft or self._smooths_edges() or not self._samples:
                super().paintGL()
            else:
                self._paint_smoothly()
        if self._failure:
            self._report()
        elif self._opening.step:
            self._opening.start()
        elif not self._complete:
            self.update()

    def grabFramebuffer(self) -> QImage:  # noqa: N802  # Qt's name
        """The picture in full quality, as it would be shown now."""
        self._since_frame.invalidate()
        return super().grabFramebuffer()

    def picture(
        self, width: int = 0, height: int = 0, camera: Camera | None = None, *, transparent: bool = False
    ) -> QImage:
        """What is shown, without outlines of panels, in full quality; nothing where there is no OpenGL.

        Args:
            width: in pixels; 0 for as many as the view has.
            height: likewise.
            camera: another one than the view's.
            transparent: whether there is nothing behind the package.
        """
        if self._scene is None or not self.isValid():
            return QImage()
        size = (width or max(self.deviceWidth(), 1), height or max(self.deviceHeight(), 1))
        bare = replace(self._scene, selected=None, hovered=None)
        bare = replace(bare, backdrop=None) if transparent else bare
        frame = RenderFrame.of_tile(camera or self.camera(), *size, Tile(0, 0, *size))
        with gl.no_collection():
            self.makeCurrent()
            try:
                return render_tile(self._renderer, bare, frame, SAMPLES)
            finally:
                self.doneCurrent()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Notice, once shown, when there is no OpenGL at all: Qt then never asks for a frame."""
        super().showEvent(event)
        QTimer.singleShot(0, self._check_shown)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Free the graphics card while the context still exists."""
        self.release_gl()
        super().closeEvent(event)

    def _draw(self, view: QMatrix4x4, projection: QMatrix4x4) -> None:
        """Draw, or remember why not: pyqtgraph would print a failure at every frame and carry on."""
        if self._scene is None or self._failure:
            return
        if self._opening.step == NOTHING:
            self._complete = False
            return
        try:
            self._complete = self._renderer.draw(self._scene, self._frame(view, projection))
        except PackdeskError as error:
            self._failure = error.full_text()
        except Exception as error:  # noqa: BLE001  # a driver's fault takes any form and must reach the user
            self._failure = Sentence("The 3D view cannot be drawn: {reason}", reason=error)

    def _frame(self, view: QMatrix4x4, projection: QMatrix4x4) -> RenderFrame:
        width, height = max(self.deviceWidth(), 1), max(self.deviceHeight(), 1)
        return RenderFrame(
            view,
            projection,
            width,
            height,
            Tile(0, 0, width, height),
            self.devicePixelRatioF(),
            draft=self._draft,
            interactive=self._draft and self._changed,
            smooth_edges=self._smooths_edges() and not self._opening.step,
            opening=self._opening.step,
        )

    def _note_frame(self) -> None:
        """Without a graphics card, a frame that closely follows a different or incomplete one is a draft."""
        former, self._drawn = self._drawn, (self._scene, self.camera())
        self._changed = self._drawn != former
        soon = self._since_frame.isValid() and self._since_frame.elapsed() < REST_MS
        moving = self._changed or not self._complete
        self._opened = not self._opening.step
        self._draft = self._drafts and soon and moving and self._opened

    def _smooths_edges(self) -> bool:
        """Whether edges are smoothed afterwards: those of a closed package only."""
        return self._mends and self._scene is not None and self._scene.unfolding is None

    @Slot()
    def _on_presented(self) -> None:
        # Only now is the frame drawn: without a graphics card that takes longer than asking for it.
        self._since_frame.start()
        if self._draft:
            self._rest.start()

    def _paint_smoothly(self) -> None:
        pixels = self.size() * self.devicePixelRatioF()  # rounded as Qt rounds its own framebuffer
        target, samples = self.defaultFramebufferObject(), self._samples
        with self._smoothing.applied(target, pixels.width(), pixels.height(), samples):
            super().paintGL()

    def _check_shown(self) -> None:
        if self.isVisible() and not self.isValid():
            self._failure = self._failure or _NO_OPENGL.full_text()
            self._report()

    def _report(self) -> None:
        if not self._reported:
            self._reported = True
            # Not from within paintGL: whoever listens may open a dialog.
            QTimer.singleShot(0, self, lambda: self.draw_failed.emit(self._failure))
