"""The panels' pictures on the graphics card, uploaded only when they change."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from OpenGL import GL
from PySide6.QtCore import QCoreApplication

from packdesk.viewer import gl
from packdesk.viewer.budget import CARD_BYTES, LONGEST_SIDE, first_levels, level_size, texture_bytes
from packdesk.viewer.labels import label_font, paint_label
from packdesk.viewer.upload import BETWEEN, ONE_LEVEL, Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage, QRawFont
    from PySide6.QtOpenGL import QOpenGLTexture

    from packdesk.viewer.frame import Quality

SECONDS_PER_FRAME = 0.005
"""Pictures are sent for so long between two frames of a view."""
AT_ONCE_BYTES = 24 * 2**20
"""Room that even a processor makes within a frame: 2048 x 2048 pixels and their smaller levels."""


CODES = b"GL_EXT_texture_sRGB_decode"
"""Extension that `PanelPictures.decode` needs."""
_SRGB_DECODE, _DECODE, _SKIP_DECODE = 0x8A48, 0x8A49, 0x8A4A  # of EXT_texture_sRGB_decode


class _Wanted(NamedTuple):
    """Identifies a texture: the picture's `cacheKey()`, and the mip level it begins with."""

    key: int
    first_level: int


@dataclass
class _Arriving:
    panel_id: str
    wanted: _Wanted
    upload: Upload


class PanelPictures:
    """One texture for each panel, identified by the picture it was made from.

    A panel keeps its former texture until the new one is complete.

    Attributes:
        uploads: how many pictures went to the graphics card so far.
    """

    def __init__(self, quality: Quality, card_bytes: int = CARD_BYTES, *, linear: bool = False) -> None:
        self.uploads = 0
        self._linear = linear  # what is no colour
        self._quality = quality
        self._card_bytes = card_bytes
        self._decoded = True
        self._textures: dict[str, tuple[_Wanted, QOpenGLTexture]] = {}
        self._arriving: _Arriving | None = None
        self._labels: dict[str, QOpenGLTexture] = {}

    @cached_property
    def _label_font(self) -> QRawFont:
        return label_font()

    def refresh(self, pictures: Mapping[str, QImage], *, interactive: bool = False) -> bool:
        """Upload changed pictures and free removed ones; False when some must wait for the next frame.

        Args:
            pictures: by panel.
            interactive: let large pictures begin with a smaller level, for which there is room at once; the
                first frame that is not interactive sends them in full.
        """
        usable = {panel_id: image for panel_id, image in pictures.items() if not image.isNull()}
        best = self._best(usable)
        self._free_what_is_gone(best)
        wanted = (
            {name: self._at_once(name, best[name], usable[name]) for name in best} if interactive else best
        )
        stale = [panel_id for panel_id, want in wanted.items() if self._shown(panel_id) != want]
        until, pictures_left = self._allowance()
        while (stale or self._arriving) and pictures_left > 0:
            arriving = self._arriving or self._begin(stale[0], usable[stale[0]], wanted[stale[0]])
            arriving.upload.advance(until)
            if not arriving.upload.complete:
                return False
            self._show(arriving)
            stale = [panel_id for panel_id in stale if panel_id != arriving.panel_id]
            pictures_left -= 1
        return not stale

    def artwork(self, panel_id: str) -> QOpenGLTexture | None:
        """The panel's picture, or None for plain board."""
        entry = self._textures.get(panel_id)
        return entry[1] if entry else None

    def shape(self, panel_id: str) -> tuple[int, int] | None:
        """Width and height of the shown picture, or of the smaller copy that is shown; None for none."""
        entry = self._textures.get(panel_id)
        return (entry[1].width(), entry[1].height()) if entry else None

    def decode(self, *, wanted: bool) -> None:
        """Let shaders read artwork as linear light, or as its stored sRGB values.

        sRGB values need the extension `CODES`.
        """
        if self._decoded == wanted:
            return
        self._decoded = wanted
        for _, texture in self._textures.values():
            texture.bind()
            gl.functions().glTexParameteri(
                GL.GL_TEXTURE_2D, _SRGB_DECODE, _DECODE if wanted else _SKIP_DECODE
            )
        gl.functions().glBindTexture(GL.GL_TEXTURE_2D, 0)

    def label(self, panel_id: str) -> QOpenGLTexture:
        """The panel's name as a picture, made when it is first needed."""
        if panel_id not in self._labels:
            image = paint_label(_name(panel_id), self._label_font)
            upload = self._upload(image, linear=True)
            upload.advance(math.inf)
            self._labels[panel_id] = upload.texture
            self.uploads += 1
        return self._labels[panel_id]

    def _upload(self, image: QImage, *, first_level: int = 0, linear: bool = False) -> Upload:
        quality = self._quality
        return Upload(
            image,
            first_level=first_level,
            linear=linear,
            smaller=ONE_LEVEL if quality.one_level else BETWEEN,
            anisotropy=quality.anisotropy,
        )

    def destroy(self) -> None:
        """Free all; their context must be current."""
        self._give_up()
        for texture in [*(entry[1] for entry in self._textures.values()), *self._labels.values()]:
            texture.destroy()
        self._textures.clear()
        self._labels.clear()

    def _best(self, pictures: Mapping[str, QImage]) -> dict[str, _Wanted]:
        """The largest mip levels for which there is memory."""
        levels = first_levels(_sizes(pictures), self._card_bytes, min(LONGEST_SIDE, _longest_side()))
        return {panel_id: _Wanted(image.cacheKey(), levels[panel_id]) for panel_id, image in pictures.items()}

    def _at_once(self, panel_id: str, best: _Wanted, image: QImage) -> _Wanted:
        """The shown texture if it is of the same picture, else a level small enough to upload at once."""
        shown, size = self._shown(panel_id), (image.width(), image.height())
        level = best.first_level
        while texture_bytes(level_size(size, level)) > AT_ONCE_BYTES:
            level += 1
        if shown and shown.key == best.key and best.first_level <= shown.first_level <= level:
            return shown
        return _Wanted(best.key, level)

    def _free_what_is_gone(self, best: Mapping[str, _Wanted]) -> None:
        for panel_id in self._textures.keys() - best.keys():
            self._textures.pop(panel_id)[1].destroy()
        if self._arriving:
            want, arriving = best.get(self._arriving.panel_id), self._arriving.wanted
            if want is None or want.key != arriving.key or arriving.first_level < want.first_level:
                self._give_up()

    def _allowance(self) -> tuple[float, float]:
        """Until when pictures may be uploaded now, and how many."""
        if self._quality.uploads_per_frame is None:
            return math.inf, math.inf
        return time.perf_counter() + SECONDS_PER_FRAME, self._quality.uploads_per_frame

    def _begin(self, panel_id: str, image: QImage, wanted: _Wanted) -> _Arriving:
        upload = self._upload(image, first_level=wanted.first_level, linear=self._linear)
        self._arriving = _Arriving(panel_id, wanted, upload)
        return self._arriving

    def _show(self, arrived: _Arriving) -> None:
        former = self._textures.pop(arrived.panel_id, None)
        if former:
            former[1].destroy()
        self._textures[arrived.panel_id] = (arrived.wanted, arrived.upload.texture)
        self._arriving = None
        self.uploads += 1

    def _give_up(self) -> None:
        arriving, self._arriving = self._arriving, None
        if arriving:
            arriving.upload.texture.destroy()

    def _shown(self, panel_id: str) -> _Wanted | None:
        entry = self._textures.get(panel_id)
        return entry[0] if entry else None


def _sizes(pictures: Mapping[str, QImage]) -> dict[str, tuple[int, int]]:
    return {panel_id: (image.width(), image.height()) for panel_id, image in pictures.items()}


def _longest_side() -> int:
    limit = gl.functions().glGetIntegerv(GL.GL_MAX_TEXTURE_SIZE)
    return limit if isinstance(limit, int) else int(limit[0])


def _name(panel_id: str) -> str:
    # The words are collected in `ui.wording`.
    return QCoreApplication.translate("wording", panel_id.title())
