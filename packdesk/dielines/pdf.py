"""Lines of the first page of a PDF document, or of an Illustrator file with PDF in it, by PDFium.

In the reading process only.
"""

from __future__ import annotations

import codecs
import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2
from pypdfium2 import raw

from packdesk.dielines.found import Found, bezier
from packdesk.dielines.pdf_marks import INK, marked
from packdesk.domain.line_names import is_die_line
from packdesk.textures.foreign import limits
from packdesk.textures.foreign.pdf_content import be_ready_for_locks, first_user_unit
from packdesk.textures.foreign.worker import FaultError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.dielines.found import Point

_MM = 25.4 / 72
_DEEPEST, _MOST_OBJECTS = 12, 200_000
_MOST_NAME_BYTES = 400
_Matrix = tuple[float, float, float, float, float, float]
_LAYER = "OC"


def lines_of(data: bytes) -> Found:
    """Stroked paths; where there are none, the outlines of those that are filled.

    Raises:
        FaultError: locked, damaged, or with too many lines.
    """
    limits.limit()
    try:
        pypdfium2.PdfDocument(data)  # locked ones are told here
        page = pypdfium2.PdfDocument(marked(data))[0]
    except pypdfium2.PdfiumError as error:
        raise FaultError("locked" if "password" in str(error).lower() else "damaged") from error
    reader = _Reader(_upright(page, _MM * first_user_unit(data)))
    reader.read(page.raw)
    return reader.stroked if reader.stroked.lines else reader.filled


def prepare() -> None:
    """Load what is loaded late."""
    for name in ("utf-16-le", "utf-16-be", "latin-1", "charmap"):
        codecs.lookup(name)  # codecs are files
    be_ready_for_locks()


def _upright(page: Any, mm: float) -> _Matrix:
    """From units of the page to millimetres from the upper left corner of what is seen of it."""
    left, bottom, right, top = page.get_cropbox()
    return {
        0: (mm, 0, 0, -mm, -left * mm, top * mm),
        90: (0, mm, mm, 0, -bottom * mm, -left * mm),
        180: (-mm, 0, 0, mm, right * mm, -bottom * mm),
        270: (0, -mm, -mm, 0, top * mm, right * mm),
    }[page.get_rotation() % 360]


class _Reader:
    """Walks through the objects of a page and of the forms on it."""

    def __init__(self, upright: _Matrix) -> None:
        self.stroked, self.filled = Found("pt"), Found("pt")
        self._upright = upright
        self._left = _MOST_OBJECTS

    def read(self, page: Any) -> None:
        for number in range(raw.FPDFPage_CountObjects(page)):
            self._read(raw.FPDFPage_GetObject(page, number), self._upright, "", 0)

    def _read(self, item: Any, placed: _Matrix, name: str, depth: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise FaultError("many")
        kind = raw.FPDFPageObj_GetType(item)
        if kind not in {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM}:
            return
        name = _name(item) or name
        own = _combined(_matrix(item), placed)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._add(item, own, name)
        elif depth < _DEEPEST:
            for number in range(raw.FPDFFormObj_CountObjects(item)):
                self._read(raw.FPDFFormObj_GetObject(item, number), own, name, depth + 1)

    def _add(self, item: Any, placed: _Matrix, name: str) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if stroke.value or fill.value:
            found = self.stroked if stroke.value else self.filled
            for points in _lines(item, placed):
                found.add(points, name)


def _lines(item: Any, placed: _Matrix) -> Iterator[list[Point]]:
    points: list[Point] = []
    handles: list[Point] = []
    for number in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        here = _at(placed, x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield points
            points = [here]
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            handles.append(here)
            if len(handles) == 3:
                points += bezier(points[-1] if points else handles[0], *handles)
                handles = []
        else:
            points.append(here)
        if raw.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    yield points


def _name(item: Any) -> str:
    """The name of its ink where that says that it is of the die, else of its layer, else of its ink."""
    found = {}
    for number in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, number)
        kind = _text(raw.FPDFPageObjMark_GetName, mark)
        if kind in {_LAYER, INK}:
            found[kind] = _text(raw.FPDFPageObjMark_GetParamStringValue, mark, b"Name")
    ink = found.get(INK, "")
    return ink if is_die_line(ink) else found.get(_LAYER) or ink


def _text(ask: Any, *of: Any) -> str:
    buffer, length = ctypes.create_string_buffer(_MOST_NAME_BYTES), ctypes.c_ulong()
    into = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    if not ask(*of, into, _MOST_NAME_BYTES, length) or length.value > _MOST_NAME_BYTES:
        return ""
    return buffer.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0")


def _matrix(item: Any) -> _Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return 1, 0, 0, 1, 0, 0
    return found.a, found.b, found.c, found.d, found.e, found.f


def _combined(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(placed: _Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = placed
    return a * x + c * y + e, b * x + d * y + f
