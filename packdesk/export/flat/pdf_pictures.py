"""Pictures in a PDF at their full resolution, compressed without loss, transparency beside the colours.

reportlab would write each byte as text first, in Python, which takes most of a minute for large artwork.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True)
class PackedPicture:
    """A picture as a PDF keeps it.

    Attributes:
        width: in pixels.
        height: in pixels.
        colours: red, green and blue, deflated.
        alpha: opacity, deflated; None where everything is opaque.
    """

    width: int
    height: int
    colours: bytes
    alpha: bytes | None

    @classmethod
    def of(cls, picture: Image.Image) -> Self:
        """Pack an RGB or RGBA picture."""
        alpha = zlib.compress(picture.getchannel("A").tobytes()) if picture.mode == "RGBA" else None
        return cls(picture.width, picture.height, zlib.compress(picture.convert("RGB").tobytes()), alpha)

    def put_into(self, pdf: Any) -> Any:
        """Add it to a pikepdf file; returns the image."""
        image = self._stream(pdf, self.colours, "/DeviceRGB")
        if self.alpha is not None:
            image.SMask = self._stream(pdf, self.alpha, "/DeviceGray")
        return image

    def _stream(self, pdf: Any, deflated: bytes, space: str) -> Any:
        import pikepdf  # noqa: PLC0415  (a third of a second, and only exports need it)

        stream = pikepdf.Stream(
            pdf,
            deflated,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=self.width,
            Height=self.height,
            BitsPerComponent=8,
            ColorSpace=pikepdf.Name(space),
            Filter=pikepdf.Name.FlateDecode,
        )
        return pdf.make_indirect(stream)
