"""The reading process: a workbook comes in, texts go out. Read by calamine (python-calamine).

openpyxl takes twelve times as long for the same sheet and tells no more (docs/decisions/0034).
"""

from __future__ import annotations

import codecs
import datetime as dt
import io
import json
import math
import re
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from packdesk.textures.foreign import limits
from packdesk.textures.foreign.worker import FaultError, faults_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

ROWS = b"rows"
SECONDS = 20
LONGEST_NAME = 400
_MOST_UNPACKED = 512 * 2**20
_MOST_CELLS = 4_000_000
_MOST_ODD = 10_000
_CELL = re.compile(rb"<c\s([^>]*[^/>])>(.*?)</c>", re.DOTALL)
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_RESULT = re.compile(rb"<v[^>]*>\s*[^<\s]|<is>")
_MERGED, _DATE, _FORMULA, _ERROR = range(4)
"""Places in `raw.ODDITIES`."""


def run(pipe: Connection, _kind: str) -> None:
    """Answer one workbook, and end.

    Args:
        pipe: brings the name of a sheet, then the file; takes the answer.
    """
    limits.settle_in()
    with faults_told(pipe):
        import python_calamine  # noqa: PLC0415  (an extra; before there are limits)

        codecs.lookup("cp437")  # of names in ZIP files; codecs are files
        pipe.send_bytes(b"ready")
        sheet, data = pipe.recv_bytes(LONGEST_NAME * 4).decode(), pipe.recv_bytes()
        limits.limit(SECONDS)
        _check_unpacked(data)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if sheet and sheet not in book.sheet_names:
            pipe.send_bytes(b"no sheet")
            pipe.send_bytes(json.dumps(book.sheet_names).encode())
            return
        _answer(pipe, book, sheet or book.sheet_names[0], data)


def _check_unpacked(data: bytes) -> None:
    """Refuse what unpacks to more than any table; what lies about it meets the limits."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MOST_UNPACKED:
                raise FaultError("large")


def _answer(pipe: Connection, book: Any, name: str, data: bytes) -> None:
    sheet = book.get_sheet_by_name(name)
    if (sheet.total_height or 0) * (sheet.total_width or 0) > _MOST_CELLS:
        raise FaultError("large")
    odd: list[tuple[int, int, int]] = []
    rows = [
        [_text(value, number, place, odd) for place, value in enumerate(row, 1)]
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1)
    ]
    odd += _merged(sheet)
    odd += _formulas(data, name)
    pipe.send_bytes(ROWS)
    pipe.send_bytes(json.dumps({"rows": rows, "odd": sorted(odd[:_MOST_ODD])}).encode())


def _text(value: Any, row: int, column: int, odd: list[tuple[int, int, int]]) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        odd.append((row, column, _DATE))
    return str(value)


def _number(value: float) -> str:
    """As a spreadsheet shows it: whole where it is, else with the 15 digits it keeps."""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def _merged(sheet: Any) -> Iterator[tuple[int, int, int]]:
    """Every cell of a merged range; the first as well, for only it has the value."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom, top + 1000) + 1):
            for column in range(left, min(right, left + 200) + 1):
                yield row + 1, column + 1, _MERGED


def _formulas(data: bytes, name: str) -> Iterator[tuple[int, int, int]]:
    """Cells whose formula ends in an error or was never calculated: calamine takes them for empty."""
    part = _part_of(data, name)
    if part is None:
        return
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        cells = packed.read(part)
    for said, content in _CELL.findall(cells):
        if b't="e"' in said:
            kind = _ERROR
        elif b"<f" in content and not _RESULT.search(content):
            kind = _FORMULA
        else:
            continue
        if place := _PLACE.search(said):
            yield int(place[2]), _column(place[1]), kind


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def _part_of(data: bytes, name: str) -> str | None:
    """The part of an XLSX file with that sheet (ECMA-376 part 1, 18.2.19); None for other kinds."""
    if not data.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = set(packed.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return None
        book = ET.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314  (see the import)
        ids = {one.get("name"): one.get(f"{_REL}id") for one in book.iter(f"{_MAIN}sheet")}
        relations = ET.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  (as above)
        target = next((one.get("Target", "") for one in relations if one.get("Id") == ids.get(name)), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        return part if part in names else None
