"""What every PDF of reportlab's begins with: our typeface, and what it says of itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from packdesk import __version__
from packdesk.assets import asset_path

if TYPE_CHECKING:
    import io

PDF_FONT = "HankenGrotesk"


def new_canvas(buffer: io.BytesIO, width: float, height: float, title: str, **boxes: Any) -> Any:
    """A reportlab canvas that writes in `PDF_FONT`.

    Args:
        buffer: takes the document.
        width: of its pages, in points.
        height: likewise.
        title: of the document.
        boxes: trim and bleed, as reportlab takes them.
    """
    from reportlab import rl_config  # noqa: PLC0415  (a fifth of a second, and only exports need it)
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  (likewise)

    rl_config.useA85 = 0  # or every byte of a picture is written as text first, in Python
    _embed_font()
    canvas = Canvas(buffer, pagesize=(width, height), pageCompression=1, initialFontName=PDF_FONT, **boxes)
    canvas.setTitle(title)
    canvas.setCreator(f"packdesk {__version__}")
    canvas.setAuthor("")  # else reportlab says “anonymous”, and “unspecified”
    canvas.setSubject("")
    return canvas


@lru_cache(maxsize=1)
def _embed_font() -> None:
    """Make the typeface known to reportlab, which embeds of it what a file needs.

    It takes TrueType outlines only: the file is HankenGrotesk-Medium.otf with its curves made quadratic by
    fontTools' cu2qu, within a thousandth of the font's size.
    """
    from reportlab.pdfbase import pdfmetrics, ttfonts  # noqa: PLC0415  (see above)

    file = asset_path("fonts", "hanken-grotesk", f"{PDF_FONT}-Medium.ttf")
    pdfmetrics.registerFont(ttfonts.TTFont(PDF_FONT, file))
