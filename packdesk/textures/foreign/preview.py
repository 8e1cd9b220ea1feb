"""A small picture of a page, drawn in the process of such files. Blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtGui import QImage

from packdesk.errors import BadPictureError
from packdesk.textures.foreign.decoding import Limits, opened_apart
from packdesk.textures.foreign.parts import page_alone
from packdesk.textures.incoming import FIRST_PAGE
from packdesk.textures.kinds import PDF

if TYPE_CHECKING:
    from packdesk.textures.foreign.apart import Ending
    from packdesk.textures.images import WidgetImage
    from packdesk.textures.incoming import Part

PREVIEW_PX = 560
"""Longest side."""


def page_preview(data: bytes, part: Part, ending: Ending, *, sheet: bool) -> WidgetImage:
    """A page of a PDF document with the layers that were chosen, on white.

    Args:
        data: the document.
        part: what of it.
        ending: ends the drawing before its time.
        sheet: whether guides of our templates are left out.

    Raises:
        BadPictureError: there is no such page, it is damaged, takes too long, or nobody wants it any more.
    """
    page = data if part == FIRST_PAGE else page_alone(data, part, ending)
    limits = Limits(PREVIEW_PX * PREVIEW_PX, PREVIEW_PX, (0, 0), sheet=sheet)
    opened = opened_apart(PDF, page, limits, ending)
    try:
        drawn = opened.decode().convert("RGBA")
    except ValueError as error:
        raise BadPictureError("The picture is damaged.") from error
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    pixels = paper.convert("RGB").tobytes()
    return QImage(pixels, *paper.size, 3 * paper.width, QImage.Format.Format_RGB888).copy()
