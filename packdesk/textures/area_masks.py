"""Where parts of a panel have finishes, as the 3D picture and the flat view show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

from packdesk.domain.area_finish import AreaKind, area_mask, sheen
from packdesk.textures.mips import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from packdesk.domain.area_finish import AreaFinish
    from packdesk.textures.mips import Pixels

_CHANNELS = {AreaKind.FOIL: 0, AreaKind.VARNISH: 1, AreaKind.EMBOSS: 2}
_NO_WHITE, _WHITE = 128, 255
"""Alpha, which scaling multiplies by, is nowhere nothing."""


def area_image(areas: Iterable[AreaFinish], pixels: Pixels) -> QImage:
    """Foil, varnish and relief in red, green and blue; alpha is 255 where there is white, else 128.

    Args:
        areas: of one panel.
        pixels: (rows, columns, 4), its artwork.
    """
    found = np.zeros((*pixels.shape[:2], 4), np.uint8)
    found[..., 3] = _NO_WHITE
    for area in areas:
        mask = area_mask(area, pixels)
        if area.kind is AreaKind.WHITE:
            found[mask, 3] = _WHITE
        else:
            found[mask, _CHANNELS[area.kind]] = 255
    image = QImage(pixels.shape[1], pixels.shape[0], QImage.Format.Format_RGBA8888)
    fill(image, found)
    return image


def area_images(areas: Iterable[AreaFinish], pictures: Mapping[str, QImage]) -> dict[str, QImage]:
    """The same for all panels that have a finish and a picture, RGBA with 8 bits a channel. Slow."""
    found: dict[str, QImage] = {}
    for panel_id, picture in pictures.items():
        own = [area for area in areas if area.panel_id == panel_id]
        if own:
            found[panel_id] = area_image(own, pixels_of(picture))
    return found


def pixels_of(picture: QImage) -> Pixels:
    """The pixels, (rows, columns, 4), of a picture that is RGBA with 8 bits a channel; it has to live on."""
    pixels: Pixels = np.frombuffer(picture.constBits(), np.uint8)
    return pixels.reshape(picture.height(), picture.width(), 4)


def overlaid(
    areas: Iterable[AreaFinish],
    pixels: Pixels,
    colours: Mapping[AreaKind, tuple[int, int, int]],
    seen: Pixels | None = None,
) -> Pixels:
    """Artwork with each finish hatched over it in a colour.

    Args:
        areas: of one panel.
        pixels: (rows, columns, 4), its artwork as it is found; it is not changed.
        colours: by kind, sRGB.
        seen: what they are laid over instead, of its size.
    """
    shown = (pixels if seen is None else seen).copy()
    for area in areas:
        mask = area_mask(area, pixels)
        cover = sheen(mask, area.kind)[mask][:, None]
        tint = np.array(colours[area.kind], np.float32) * cover
        shown[mask, :3] = (shown[mask, :3] * (1 - cover) + tint).astype(np.uint8)
    return shown
