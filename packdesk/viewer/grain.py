"""The grain of paper as a small picture that repeats; its mipmaps let it fade where it is too fine."""

from __future__ import annotations

import math

from PySide6.QtGui import QImage
from PySide6.QtOpenGL import QOpenGLTexture

from packdesk.assets import asset_path
from packdesk.viewer.upload import Upload

GRAIN_MM = 96.0
"""Side of the piece of paper the picture shows."""


def grain_texture(*, quick: bool = False) -> QOpenGLTexture:
    """The grain on the card of the current context: tooth in red, fibres in green, 0.5 for none.

    Args:
        quick: read one mip level a pixel instead of two, which nobody sees.
    """
    # assets/textures/grain.py paints it; here that would hold the first frame up for a quarter of a second.
    upload = Upload(QImage(str(asset_path("textures", "grain.png"))), linear=True)
    upload.advance(math.inf)
    upload.texture.setWrapMode(QOpenGLTexture.WrapMode.Repeat)
    if quick:
        upload.texture.setMinificationFilter(QOpenGLTexture.Filter.LinearMipMapNearest)
    return upload.texture
