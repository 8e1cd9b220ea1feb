"""Matrices, size and quality of one picture or a tile of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QMatrix4x4

from packdesk.viewer.camera import crop_matrix

if TYPE_CHECKING:
    from packdesk.domain.geometry import FloatArray
    from packdesk.viewer.camera import Camera


@dataclass(frozen=True)
class Quality:
    """Settings of one quality level.

    Attributes:
        anisotropy: the driver's filter for pictures seen at an angle, 1 for none.
        taps: samples of the artwork a pixel along each side; 0 for two samples and fewer highlights.
        uploads_per_frame: pictures sent to the graphics card in one frame, None for all.
        shadow_pixels: of the shadow of an open package, along each side.
    """

    anisotropy: float
    taps: int
    uploads_per_frame: int | None
    shadow_pixels: int

    @property
    def one_level(self) -> bool:
        """Whether textures are read from one mip level a pixel instead of from two."""
        return self.taps == 0


def quality_for(*, for_file: bool, software: bool) -> Quality:
    """Quick on a screen, complete and sharp in a file.

    Without a graphics card the driver's filter is slow and leaves notches in letters: it is not used there.
    """
    anisotropy = 1.0 if software else 8.0
    if for_file:
        return Quality(anisotropy, taps=3, uploads_per_frame=None, shadow_pixels=512)
    if software:
        return Quality(anisotropy, taps=0, uploads_per_frame=1, shadow_pixels=128)
    return Quality(anisotropy, taps=2, uploads_per_frame=1, shadow_pixels=512)


@dataclass(frozen=True)
class Tile:
    """A part of a picture in pixels; x from the left, y from the top."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class RenderFrame:
    """Matrices, pixel measures and quality of one drawing.

    Attributes:
        view: world to eye space.
        projection: eye space to the tile's clip space.
        width: of the whole picture in pixels.
        height: of the whole picture in pixels.
        tile: the part that is drawn.
        pixel_ratio: device pixels per logical pixel; lines keep their logical width.
        draft: soon replaced by a better picture; only speed counts.
        interactive: the picture is moving; a large upload must not hold it up.
        smooth_edges: smooth those of the closed package, for the framebuffer has one sample a pixel.
        opening: what it ends with while a view opens (`opening`); 0 for a whole one.
    """

    view: QMatrix4x4
    projection: QMatrix4x4
    width: int
    height: int
    tile: Tile
    pixel_ratio: float = 1.0
    draft: bool = False
    interactive: bool = False
    smooth_edges: bool = False
    opening: int = 0

    @classmethod
    def of_tile(cls, camera: Camera, width: int, height: int, tile: Tile) -> RenderFrame:
        """The frame of one tile of a picture of that many pixels."""
        below = height - tile.y - tile.height
        crop = crop_matrix(tile.x / width, below / height, tile.width / width, tile.height / height)
        projection = crop @ camera.projection_matrix(width / height)
        return cls(qmatrix(camera.view_matrix()), qmatrix(projection), width, height, tile)

    def corner(self) -> tuple[float, float]:
        """The tile's lower left pixel in the picture, counted from below as OpenGL does."""
        return float(self.tile.x), float(self.height - self.tile.y - self.tile.height)

    def eye(self) -> tuple[float, float, float]:
        """Position of the eye in millimetres."""
        column = self.view.inverted()[0].column(3)
        return column.x(), column.y(), column.z()

    def right(self) -> tuple[float, float]:
        """The camera's right direction, which is always level, as x and y."""
        row = self.view.row(0)
        return row.x(), row.y()

    def rise(self) -> float:
        """Sine of the camera's elevation: 1 from straight above, negative from below the floor."""
        return self.view.row(2).z()


def qmatrix(matrix: FloatArray) -> QMatrix4x4:
    """A (4, 4) array as Qt's matrix."""
    return QMatrix4x4([float(value) for value in matrix.ravel()])
