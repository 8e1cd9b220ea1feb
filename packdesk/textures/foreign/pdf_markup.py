"""A page of PDF as markup for a drawing of ours. In the decoding process only.

typst reads the page (with hayro) and writes it as SVG: paths, gradients, clips, and letters as outlines. It
is taken only if it shows what PDFium shows of the page; else the page stays pixels in SVG files.
"""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET  # as in `svg`

import numpy as np
import numpy.typing as npt
from PIL import Image

from packdesk.textures.foreign.svg import LINKS, cut_off, size_of_drawing, written
from packdesk.textures.foreign.svg_page import markup_of

if TYPE_CHECKING:
    from collections.abc import Callable

_Pixels = npt.NDArray[np.float64]
MOST_PAGE_BYTES = 400_000
"""It reaches typst as numbers in its source; a logo has a tenth of that."""
_MOST_LEVELS = 6.0
"""So much it may differ on average, of 255: screens' colours of inks are not the same in the two."""
_LOOKED_AT = 240
"""Pixels of the longer side, where they are compared."""
_SVG_DATA = "data:image/svg+xml;base64,"
_SOURCE = (
    "#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: none)\n"
    '#image(bytes(({numbers},)), format: "pdf", width: 100%, height: 100%, fit: "stretch")\n'
)


def markup_maker() -> Callable[[bytes], str]:
    """What makes it; its libraries are loaded before there are limits.

    It answers with nothing where the page cannot be markup that shows the same.
    """
    import pypdfium2  # noqa: F401, PLC0415  (see above)
    import resvg_py  # noqa: F401, PLC0415  (see above)
    import typst  # noqa: F401, PLC0415  (34 MB, and only files with drawings need it)

    Image.preinit()

    def made(page: bytes) -> str:
        try:
            return _markup(page) if len(page) <= MOST_PAGE_BYTES else ""
        except Exception:  # noqa: BLE001  (of whatever kind: the page made it, and pixels are there)
            return ""

    return made


def _markup(page: bytes) -> str:
    import typst  # noqa: PLC0415  (as above)

    wanted, (width, height) = _drawn_by_pdfium(page)
    source = _SOURCE.format(width=width, height=height, numbers=",".join(map(str, page)))
    files: Any = {"main": source.encode()}  # its types lag behind
    outer = ET.fromstring(typst.compile(files, format="svg", ignore_system_fonts=True))  # noqa: S314  (typst's)
    (picture,) = (one for one in outer.iter() if one.tag.endswith("}image"))
    href = next(value for name, value in picture.attrib.items() if name in LINKS)
    drawing = ET.fromstring(base64.b64decode(href.removeprefix(_SVG_DATA)))  # noqa: S314  (expat resolves no external entities)
    cut_off(drawing)
    size = size_of_drawing(drawing)
    return markup_of(drawing, *size) if _shows(written(drawing, *size), wanted) else ""


def _drawn_by_pdfium(page: bytes) -> tuple[_Pixels, tuple[float, float]]:
    import pypdfium2  # noqa: PLC0415  (as above)

    with pypdfium2.PdfDocument(page) as document:
        size = document[0].get_size()
        picture = document[0].render(scale=_LOOKED_AT / max(size)).to_pil().convert("RGB")
    return np.asarray(picture, float), size


def _shows(drawing: str, there: _Pixels) -> bool:
    import resvg_py  # noqa: PLC0415  (as above)

    png = resvg_py.svg_to_bytes(
        svg_string=drawing,
        width=there.shape[1],
        height=there.shape[0],
        background="#ffffff",
        skip_system_fonts=True,
    )
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        picture = opened.convert("RGB").resize((there.shape[1], there.shape[0]))
    return float(np.abs(np.asarray(picture, float) - there).mean()) <= _MOST_LEVELS
