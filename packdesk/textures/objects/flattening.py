"""A panel with its objects as one picture: the artwork as it was cut, and over it what the objects draw.

resvg fills the paths, which are the very ones PDF and SVG files hold. It reads nothing but what stands here.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from PIL import Image

from packdesk.domain.units import pixel_size
from packdesk.textures.check import CleanPicture
from packdesk.textures.objects.svg_group import SVG, XLINK, object_group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.domain.panels import FlatSize

_SIGNATURE, _CHUNK, _IHDR_BYTES = b"\x89PNG\r\n\x1a\n", 12, 13
_KEYWORD = b"packdesk objects"
"""PNG (third edition), 11.3.3.2: a text of our own, behind the header."""
LEAST_DPI = 300.0
"""Lettering is drawn at no fewer pixels, however few the artwork beneath has."""


def flattened(
    beneath: bytes,
    objects: Iterable[DrawnObject],
    size: FlatSize,
    png_of: Callable[[str], bytes],
    dpi: float = LEAST_DPI,
) -> CleanPicture:
    """One picture of a panel. Equal arguments give equal bytes. Slow.

    Args:
        beneath: the panel's artwork, checked PNG of the panel's shape.
        objects: what is drawn over it, from the bottom to the top.
        size: of the panel.
        png_of: the library picture of a SHA-256.
        dpi: pixels per inch; `LEAST_DPI` and the artwork's own pixels are the least.
    """
    with Image.open(io.BytesIO(beneath), formats=["PNG"]) as opened:
        artwork = opened.convert("RGBA")
    wanted = pixel_size(size, max(dpi, LEAST_DPI))
    if artwork.width < wanted[0] or artwork.height < wanted[1]:
        artwork = artwork.resize(wanted, Image.Resampling.BICUBIC)
    artwork.alpha_composite(_drawn(list(objects), size, artwork.size, png_of))
    opaque = artwork.getchannel("A").getextrema() == (255, 255)
    return CleanPicture.of(artwork.convert("RGB") if opaque else artwork)


def marked(png: bytes, recipe: str) -> CleanPicture:
    """The picture with its recipe's name in it: other objects make another one, even if it looks the same.

    Args:
        png: a flattened panel.
        recipe: SHA-256 of the file that has its objects.
    """
    head = len(_SIGNATURE) + _CHUNK + _IHDR_BYTES
    chunk = b"tEXt" + _KEYWORD + b"\0" + recipe.encode("ascii")
    told = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data = png[:head] + told + png[head:]
    width, height = struct.unpack(">II", png[16:24])
    return CleanPicture(data, width, height, hashlib.sha256(data).hexdigest())


def _drawn(
    objects: list[DrawnObject], size: FlatSize, pixels: tuple[int, int], png_of: Callable[[str], bytes]
) -> Image.Image:
    import resvg_py  # noqa: PLC0415  (some megabytes, and only who changes objects needs it)

    drawing = drawing_of(objects, size, pixels, png_of)
    png = resvg_py.svg_to_bytes(
        svg_string=ET.tostring(drawing, encoding="unicode"),
        width=pixels[0],
        height=pixels[1],
        skip_system_fonts=True,
    )
    with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
        return picture.convert("RGBA")


def drawing_of(
    objects: Iterable[DrawnObject], size: FlatSize, pixels: tuple[int, int], png_of: Callable[[str], bytes]
) -> ET.Element:
    """The objects as a drawing of their panel; arguments as of `flattened`, `pixels` across and down."""
    for prefix, uri in (("", SVG), ("xlink", XLINK)):
        ET.register_namespace(prefix, uri)
    look = {"width": str(pixels[0]), "height": str(pixels[1]), "preserveAspectRatio": "none"}
    root = ET.Element(f"{{{SVG}}}svg", look | {"viewBox": f"0 0 {size.width:.9g} {size.height:.9g}"})
    root.extend(object_group(one, one.place, png_of) for one in objects)
    return root
