"""The first page of a PDF document, or of an Illustrator file with PDF in it, by PDFium.

In the decoding process only.
"""

from __future__ import annotations

import codecs
from functools import partial
from typing import TYPE_CHECKING, Any

import pypdfium2

from packdesk.assets import asset_path
from packdesk.textures.foreign import limits
from packdesk.textures.foreign.answer import NOTHING_TOLD, Told
from packdesk.textures.foreign.pdf_content import be_ready_for_locks, first_user_unit
from packdesk.textures.foreign.pdf_inks import prepared
from packdesk.textures.foreign.worker import Decoded, FaultError, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

_PIXELS_A_POINT, _MM_PER_POINT = 300 / 72, 25.4 / 72
_MOST_NOTE = 2000
_PLAIN_INKS = "CGATS001Compat-v2-micro.icc"  # as of pixels, in `profiles`
_WITHOUT_PDF = ("saved without PDF Content", "saved without PDF content")


def decoder() -> Callable[[bytes, Wanted], Decoded]:
    """What decodes PDF documents; what is loaded late is loaded now."""
    for name in ("utf-16-le", "utf-16-be", "latin-1", "charmap"):
        codecs.lookup(name)  # codecs are files
    from PIL import Image  # noqa: PLC0415  (what `to_pil` imports)

    Image.preinit()
    be_ready_for_locks()
    return partial(_decode, plain_inks=asset_path("colour", _PLAIN_INKS).read_bytes())


def _decode(data: bytes, wanted: Wanted, *, plain_inks: bytes) -> Decoded:
    """Draw a page in colour with opacity; nothing a document links to or runs is looked at.

    Raises:
        FaultError: locked, without a page, or without its drawing.
        PdfiumError: damaged.
    """
    if wanted.sheet:
        from packdesk.textures.foreign.pdf_layers import without_guides  # noqa: PLC0415  (panels need none)

        limits.limit(wanted.seconds)
        data = without_guides(data)
    limits.limit(wanted.seconds)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise FaultError("locked" if "password" in str(error).lower() else "damaged") from error
    ready = prepared(data, plain_inks)
    page = (document if ready is data else pypdfium2.PdfDocument(ready))[0]
    unit = first_user_unit(data)  # PDFium does not look at it
    width, height = (side * unit for side in page.get_size())
    if not (width > 0 and height > 0):
        raise FaultError("damaged")
    if any(words in page.get_textpage().get_text_bounded()[:2000] for words in _WITHOUT_PDF):
        raise FaultError("drawing")
    scale = wanted.scale(width, height, _PIXELS_A_POINT)
    bitmap = page.render(
        scale=scale * unit, fill_color=(255, 255, 255, 0), rev_byteorder=True, force_bitmap_format=4
    )
    picture = bitmap.to_pil()
    told = _told(document, page, unit) if wanted.sheet else NOTHING_TOLD
    return Decoded(picture.size, picture if picture.mode == "RGBA" else picture.convert("RGBA"), told=told)


def _told(document: Any, page: Any, unit: float) -> Told:
    """The page's size, its TrimBox on it where that is another, and a template's note."""
    mm = unit * _MM_PER_POINT
    size = tuple(side * mm for side in page.get_size())
    note = document.get_metadata_value("Keywords")[:_MOST_NOTE]
    trim, crop = page.get_trimbox(), page.get_cropbox()
    if page.get_rotation() or trim == crop:
        return Told(size, note=note)
    left, bottom, right, top = trim
    box = left - crop[0], crop[3] - top, right - crop[0], crop[3] - bottom
    return Told(size, tuple(side * mm for side in box), note)
