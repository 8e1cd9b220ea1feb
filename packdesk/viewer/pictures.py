"""The panels' pictures on the graphics card, uploaded only when they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from OpenGL import GL
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtOpenGL import QOpenGLTexture
from shiboken6 import VoidPtr

from packdesk.viewer import gl
from packdesk.viewer.labels import paint_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.viewer.quality import Quality

_MAX_SIDE = 8192  # a picture this large is 256 MB; nothing visible is gained beyond


class PanelPictures:
    """One texture a panel, known by the `cacheKey()` of the picture it was made from.

    Attributes:
        uploads: how many pictures went to the graphics card so far.
    """

    def __init__(self, quality: Quality) -> None:
        self.uploads = 0
        self._quality = quality
        self._textures: dict[str, tuple[int, QOpenGLTexture]] = {}
        self._labels: dict[str, QOpenGLTexture] = {}

    def refresh(self, pictures: Mapping[str, QImage]) -> bool:
        """Upload what changed and free what is gone; False when some must wait for the next frame."""
        usable = {panel_id: image for panel_id, image in pictures.items() if not image.isNull()}
        for panel_id in self._textures.keys() - usable.keys():
            self._textures.pop(panel_id)[1].destroy()
        stale = [panel_id for panel_id, image in usable.items() if self._key(panel_id) != image.cacheKey()]
        now = stale[: self._quality.uploads_per_frame]
        for panel_id in now:
            self._replace(panel_id, usable[panel_id])
        return len(now) == len(stale)

    def artwork(self, panel_id: str) -> QOpenGLTexture | None:
        """The panel's picture, or None for plain board."""
        entry = self._textures.get(panel_id)
        return entry[1] if entry else None

    def label(self, panel_id: str) -> QOpenGLTexture:
        """The panel's name as a picture, made when it is first needed."""
        if panel_id not in self._labels:
            self._labels[panel_id] = self._upload(paint_label(_name(panel_id)), linear=True)
        return self._labels[panel_id]

    def destroy(self) -> None:
        """Free all; their context must be current."""
        for texture in [*(entry[1] for entry in self._textures.values()), *self._labels.values()]:
            texture.destroy()
        self._textures.clear()
        self._labels.clear()

    def _key(self, panel_id: str) -> int | None:
        entry = self._textures.get(panel_id)
        return entry[0] if entry else None

    def _replace(self, panel_id: str, image: QImage) -> None:
        if panel_id in self._textures:
            self._textures.pop(panel_id)[1].destroy()
        self._textures[panel_id] = (image.cacheKey(), self._upload(image, linear=False))

    def _upload(self, image: QImage, *, linear: bool) -> QOpenGLTexture:
        kinds = QOpenGLTexture.TextureFormat
        image = _fitting(image).convertToFormat(QImage.Format.Format_RGBA8888)
        texture = QOpenGLTexture(QOpenGLTexture.Target.Target2D)
        # As sRGB the card decodes before it filters: fine print neither darkens nor thickens in the distance.
        texture.setFormat(kinds.RGBA8_UNorm if linear else kinds.SRGB8_Alpha8)
        texture.setSize(image.width(), image.height())
        texture.setMipLevels(texture.maximumMipLevels())
        texture.allocateStorage()
        # From a picture Qt would insist on a format of its own; rows of four-byte pixels need no padding.
        source, kind = QOpenGLTexture.PixelFormat.RGBA, QOpenGLTexture.PixelType.UInt8
        pixels: Any = VoidPtr(image.constBits())  # type: ignore[arg-type]  # the stubs know addresses only
        texture.setData(source, kind, pixels)
        texture.generateMipMaps()
        texture.setMinMagFilters(QOpenGLTexture.Filter.LinearMipMapLinear, QOpenGLTexture.Filter.Linear)
        texture.setWrapMode(QOpenGLTexture.WrapMode.ClampToEdge)
        texture.setMaximumAnisotropy(self._quality.anisotropy)
        gl.clear_errors()
        self.uploads += 1
        return texture


def _fitting(image: QImage) -> QImage:
    """The picture scaled down to what the graphics card takes."""
    limit = gl.functions().glGetIntegerv(GL.GL_MAX_TEXTURE_SIZE)
    side = min(_MAX_SIDE, limit if isinstance(limit, int) else int(limit[0]))
    if max(image.width(), image.height()) <= side:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(side, side, keep, smooth)


def _name(panel_id: str) -> str:
    # The words are collected in `ui.wording`, which stands above this room.
    return QCoreApplication.translate("wording", panel_id.title())
