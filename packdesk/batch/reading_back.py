"""A PDF of a row opened again by another reader (PDFium): is it what the row says?

What wrote it was reportlab and pikepdf; nothing of them is asked here. Codes are decoded by zxing-cpp from
the page as PDFium draws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packdesk.batch.words_back import missing_words
from packdesk.domain.objects.numbers import ARTICLE_DIGITS, number_in
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.units import MM_PER_POINT
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.batch.words_back import LaidWords

TRIM_MM = 0.01
"""By so much a trim box may differ, in size and place."""
_DRAWN_DPI = (200.0, 300.0, 600.0)
"""Of the page codes are looked for in: a finer one where those before do not show the one alone. At 300 dpi
bars of two pixels lie beside the page's pixels, and look as if they were of one and three."""
_MOST_PIXELS = 48_000_000
_IMAGE = 3
"""FPDF_PAGEOBJ_IMAGE (PDFium, fpdf_edit.h)."""
_FORMATS = {
    Symbology.EAN13: "EAN13",
    Symbology.EAN8: "EAN8",
    Symbology.UPCA: "UPCA",
    Symbology.ITF14: "ITF",
    Symbology.CODE128: "Code128",
    Symbology.QR: "QRCode",
    Symbology.DATA_MATRIX: "DataMatrix",
}
"""What zxing-cpp calls them."""


@dataclass(frozen=True)
class Expected:
    """What a page has to be.

    Attributes:
        trim: left, top, right and bottom of the trim in millimetres from the page's upper left corner.
        code: the digits every article number on it has, one of which must be there; empty if none is known.
        kinds: of codes it is looked for in.
        pictures: how many pictures are on it at least.
        dpi: that its pictures have at least: what they had when the page was made.
        words: what the row says in objects of its base design.
    """

    trim: tuple[float, float, float, float]
    code: str = ""
    kinds: tuple[Symbology, ...] = (Symbology.EAN13,)
    pictures: int = 0
    dpi: float = 0.0
    words: tuple[LaidWords, ...] = ()


def differences(file: Path, expected: Expected) -> list[Sentence]:
    """Everything in which a file is not as expected; nothing where it is."""
    import pypdfium2  # noqa: PLC0415  (only where a range is made)

    try:
        document = pypdfium2.PdfDocument(file)
    except (pypdfium2.PdfiumError, OSError):
        return [Sentence("The PDF cannot be opened again.")]
    with document:
        if len(document) != 1:
            return [Sentence("The PDF has {count} pages.", count=len(document))]
        page = document[0]
        found = _trim(page, expected) + _pictures(page, expected) + missing_words(page, expected.words)
        return found + (_codes(page, expected) if expected.code else [])


def _trim(page: Any, expected: Expected) -> list[Sentence]:
    left, _bottom, _right, top = page.get_mediabox()
    trim = page.get_trimbox(fallback_ok=False)
    if trim is None:
        return [Sentence("The PDF has no trim box.")]
    told = tuple(
        MM_PER_POINT * value for value in (trim[0] - left, top - trim[3], trim[2] - left, top - trim[1])
    )
    off = max(abs(one - other) for one, other in zip(told, expected.trim, strict=True))
    return [] if off <= TRIM_MM else [Sentence("The trim box of the PDF is off by {off:.3f} mm.", off=off)]


def _pictures(page: Any, expected: Expected) -> list[Sentence]:
    images = list(page.get_objects(filter=[_IMAGE], max_depth=4))
    found: list[Sentence] = []
    if len(images) < expected.pictures:
        found.append(
            Sentence(
                "Pictures are missing in the PDF: it shows {count} of {wanted}.",
                count=len(images),
                wanted=expected.pictures,
            )
        )
    least = min((_dpi(image) for image in images), default=expected.dpi)
    if least < expected.dpi:
        found.append(Sentence("A picture in the PDF has only {dpi:.0f} dpi.", dpi=least))
    return found


def _dpi(image: Any) -> float:
    """Pixels per inch in the worse direction."""
    columns, rows = image.get_px_size()
    a, b, c, d, *_ = image.get_matrix().get()
    across, down = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
    if not (across and down):
        return 0.0
    return float(72 * min(columns / across, rows / down))


def _codes(page: Any, expected: Expected) -> list[Sentence]:
    """Looked for again where something else is read: stripes of a pattern may be taken for a code."""
    code, read = number_in(Symbology.EAN13, expected.code), list[set[str]]()
    try:
        for dpi in _DRAWN_DPI:
            read.append(_articles(page, dpi, expected))
            if read[-1] == {code}:
                return []
    except ImportError:
        return [Sentence("The barcode was not read back: what reads codes is not installed.")]
    there = set().union(*read)
    if not there:
        return [Sentence("No barcode can be read in the PDF; it should be {code}.", code=expected.code)]
    if code not in there:
        wrong = there
    else:  # what another number is taken for once is none
        wrong = {one for one in there - {code} if sum(one in found for found in read) > 1}
    return [
        Sentence("The barcode in the PDF is {found} instead of {code}.", found=found, code=expected.code)
        for found in sorted(wrong)[:1]
    ]


def _articles(page: Any, dpi: float, expected: Expected) -> set[str]:
    """The article numbers on a page as it is drawn, in thirteen digits at least."""
    import zxingcpp  # noqa: PLC0415  (an extra)

    width, height = page.get_size()
    fine = min(dpi, (_MOST_PIXELS * 72**2 / (width * height)) ** 0.5)
    pixels = page.render(scale=fine / 72, grayscale=True).to_numpy()
    grey, found = pixels[:, :, 0] if pixels.ndim == 3 else pixels, set()
    for kind in expected.kinds:  # looking for all there are takes nine times as long
        wanted: Any = getattr(zxingcpp.BarcodeFormat, _FORMATS[kind])
        for one in zxingcpp.read_barcodes(grey, formats=wanted):
            if kind in ARTICLE_DIGITS:
                found.add(number_in(Symbology.EAN13, one.text))
            elif expected.code in one.text:  # alone, or in an address
                found.add(number_in(Symbology.EAN13, expected.code))
    return found
