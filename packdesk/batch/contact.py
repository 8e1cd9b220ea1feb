"""A contact sheet: every product of a range as a small picture with its name, to be looked over on paper."""

from __future__ import annotations

import io
import logging
from itertools import islice
from typing import TYPE_CHECKING, Any

from packdesk.batch.contact_lines import Lines
from packdesk.batch.journal import thumbnail_of
from packdesk.domain.ranges.naming import CONTACT_SHEET
from packdesk.domain.text import cut
from packdesk.domain.units import MM_PER_POINT
from packdesk.export.flat.pdf_canvas import PDF_FONT, new_canvas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packdesk.batch.files import RangeFiles
    from packdesk.batch.journal import RowRecord
    from packdesk.services.ranges.orders import RowOrder

    Entry = tuple[RowOrder, RowRecord | None]

MM = 1 / MM_PER_POINT
WIDTH, HEIGHT = 210 * MM, 297 * MM
COLUMNS, ROWS = 4, 5
PER_PAGE = COLUMNS * ROWS
PER_FILE = 50 * PER_PAGE
"""What is written is kept in memory until a file ends."""
_MARGIN, _HEAD, _GAP = 12 * MM, 12 * MM, 4 * MM
_ACROSS = (WIDTH - 2 * _MARGIN - (COLUMNS - 1) * _GAP) / COLUMNS
_DOWN = (HEIGHT - 2 * _MARGIN - _HEAD - (ROWS - 1) * _GAP) / ROWS
_PICTURE = _ACROSS * 0.75
_NAME, _SMALL = 7.6, 6.2
_INK, _FAINT, _GRAVE, _LINE, _GROUND = "#1e1e22", "#76767e", "#be281e", "#d6d6da", "#f4f4f6"
_log = logging.getLogger(__name__)


def contact_sheets(
    title: str, entries: Iterable[Entry], count: int, files: RangeFiles
) -> Iterator[tuple[str, bytes]]:
    """Name and content of `contact-sheet.pdf`, or of several where there are more than `PER_FILE` rows.

    Args:
        title: stands over every page.
        entries: every row and its record.
        count: of rows.
        files: have the small pictures.
    """
    rest = iter(entries)
    parts = -(-count // PER_FILE)
    for part in range(1, parts + 1):
        name = f"{CONTACT_SHEET}.pdf" if parts == 1 else f"{CONTACT_SHEET}-{part}.pdf"
        yield name, _document(title, islice(rest, PER_FILE), files)


def _document(title: str, entries: Iterator[Entry], files: RangeFiles) -> bytes:
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, WIDTH, HEIGHT, title)
    page = 0
    with Lines(canvas) as lines:
        while shown := list(islice(entries, PER_PAGE)):
            page += 1
            _head(canvas, lines, title, f"{page}")
            pictures = files.read_all(thumbnail_of(order.name) for order, _ in shown)
            for place, (entry, picture) in enumerate(zip(shown, pictures, strict=True)):
                _entry(canvas, lines, place, entry, picture)
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _head(canvas: Any, lines: Lines, title: str, page: str) -> None:
    canvas.setFillColor(_INK)
    lines.write(_MARGIN, HEIGHT - _MARGIN - 11, title, 11, WIDTH * 0.7)
    canvas.setFillColor(_FAINT)
    canvas.setFont(PDF_FONT, _NAME)
    canvas.drawRightString(WIDTH - _MARGIN, HEIGHT - _MARGIN - 11, page)


def _entry(canvas: Any, lines: Lines, place: int, entry: Entry, thumbnail: bytes | None) -> None:
    order, record = entry
    row, column = divmod(place, COLUMNS)
    left = _MARGIN + column * (_ACROSS + _GAP)
    top = HEIGHT - _MARGIN - _HEAD - row * (_DOWN + _GAP)
    failed = record is not None and record.state == "failed"
    made = record is not None and record.state == "made"
    canvas.setFillColor(_GROUND)
    canvas.rect(left, top - _PICTURE, _ACROSS, _PICTURE, stroke=0, fill=1)
    if thumbnail is not None and (made or failed):
        _picture(canvas, thumbnail, left, top)
    canvas.setLineWidth(1.2 if failed else 0.4)
    canvas.setStrokeColor(_GRAVE if failed else _LINE)
    canvas.rect(left, top - _PICTURE, _ACROSS, _PICTURE, stroke=1, fill=0)
    below = top - _PICTURE - 9.5
    canvas.setFillColor(_INK)
    lines.write(left, below, order.name, _NAME, _ACROSS)
    canvas.setFillColor(_FAINT)
    told = "  ·  ".join(part for part in (f"row {order.row.number}", order.row.code) if part)
    lines.write(left, below - 8.5, told, _SMALL, _ACROSS)
    canvas.setFillColor(_GRAVE if failed else _FAINT)
    for line, text in enumerate(_wrapped(_fate(order, record))):
        lines.write(left, below - 17 - 7.5 * line, text, _SMALL, _ACROSS)


def _fate(order: RowOrder, record: RowRecord | None) -> str:
    """The size of what was made, or why it was not."""
    if record is None or record.state == "begun":
        return "not made"
    if record.state == "failed":
        return record.reason
    return " × ".join(f"{side:g}" for side in order.row.dimensions.as_tuple()) + " mm"


def _picture(canvas: Any, jpeg: bytes, left: float, top: float) -> None:
    """The small picture as its JPEG stands there; none where it is damaged."""
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415  (as above)

    place = left, top - _PICTURE, _ACROSS, _PICTURE
    try:
        canvas.drawImage(ImageReader(io.BytesIO(jpeg)), *place, preserveAspectRatio=True, anchor="c")
    except OSError as error:
        _log.warning("A small picture cannot be shown: %s", error)


def _wrapped(text: str) -> list[str]:
    """Two lines, the second with all that is left; it is cut as it is written."""
    from reportlab.lib.utils import simpleSplit  # noqa: PLC0415  (as above)

    lines = simpleSplit(cut(text, 300), PDF_FONT, _SMALL, _ACROSS)
    return [*lines[:1], *([" ".join(lines[1:])] if lines[1:] else [])]
