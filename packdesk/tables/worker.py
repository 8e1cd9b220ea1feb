"""The reading process: a workbook comes in, texts go out. Read by calamine (python-calamine).

openpyxl takes twelve times as long for the same sheet and tells no more (docs/decisions/0034).
"""

from __future__ import annotations

import codecs
import datetime as dt
import io
import json
import math
import zipfile
from typing import TYPE_CHECKING, Any

from packdesk.tables.formats import shown
from packdesk.tables.xlsx import marks_of
from packdesk.textures.foreign import limits
from packdesk.textures.foreign.worker import FaultError, faults_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from packdesk.tables.xlsx import CellMarks

ROWS, FAR = b"rows", b"far"
SECONDS = 20
LONGEST_NAME = 400
_MOST_UNPACKED = 512 * 2**20
_MOST_CELLS = 4_000_000
_MOST_ODD = 10_000
_MERGED, _DATE, _FORMULA, _ERROR, _LOGICAL, _FORMAT = range(6)
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
        names, first = _sheets(book, python_calamine)
        if sheet and sheet not in names:
            pipe.send_bytes(b"no sheet")
            pipe.send_bytes(json.dumps(names).encode())
        else:
            _answer(pipe, book, sheet or first, names, data)


def _sheets(book: Any, calamine: Any) -> tuple[list[str], str]:
    """The sheets with cells, and the first one that is seen; charts have no cells."""
    kinds = [calamine.SheetTypeEnum.WorkSheet, calamine.SheetTypeEnum.MacroSheet]  # unhashable
    sheets = [one for one in book.sheets_metadata if one.typ in kinds]
    seen = [one.name for one in sheets if one.visible == calamine.SheetVisibleEnum.Visible]
    names = [one.name for one in sheets]
    return names, (seen or names or [""])[0]


def _check_unpacked(data: bytes) -> None:
    """Refuse what unpacks to more than any table; what lies about it meets the limits."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MOST_UNPACKED:
                raise FaultError("large")


class _FarError(Exception):
    """A cell stands so far off that all between would be too many: its row and column are told."""


def _answer(pipe: Connection, book: Any, name: str, names: list[str], data: bytes) -> None:
    try:
        told = _read(book, name, data) if name else {"rows": [], "odd": [], "hidden": [], "pointed": []}
    except _FarError as error:
        pipe.send_bytes(FAR)
        pipe.send_bytes(json.dumps([*error.args, name, names]).encode())
        return
    pipe.send_bytes(ROWS)
    pipe.send_bytes(json.dumps({**told, "sheet": name, "sheets": names}).encode())


def _check_reach(height: int, width: int) -> None:
    if height * width > _MOST_CELLS:
        raise _FarError(height, width)


def _read(book: Any, name: str, data: bytes) -> dict[str, Any]:
    """Rows of a sheet, what is odd in them, which are hidden, and columns with decimals."""
    marks = marks_of(data, name, _MOST_CELLS)
    _check_reach(*marks.reach)  # before there is room made for all cells up to there
    sheet = book.get_sheet_by_name(name)
    _check_reach(sheet.total_height or 0, sheet.total_width or 0)
    odd: list[tuple[int, int, int]] = []
    pointed: dict[int, str] = {}
    rows = []
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        rows.append([_text(value, (number, place), marks, odd) for place, value in enumerate(row, 1)])
        for place, (value, text) in enumerate(zip(row, rows[-1], strict=True), 1):
            if isinstance(value, float) and "." in text:
                pointed.setdefault(place, text)
    odd += _merged(sheet)
    odd += [(*at, _ERROR) for at in marks.failed] + [(*at, _FORMULA) for at in marks.uncalculated]
    told = sorted(odd[:_MOST_ODD])
    return {"rows": rows, "odd": told, "hidden": [*marks.hidden], "pointed": [*pointed.items()]}


def _text(value: Any, at: tuple[int, int], marks: CellMarks, odd: list[tuple[int, int, int]]) -> str:
    if isinstance(value, bool):
        odd.append((*at, _LOGICAL))
        return str(value).upper()
    if isinstance(value, float):
        return _number(value, at, marks, odd)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        odd.append((*at, _DATE))
    return str(value)


def _number(value: float, at: tuple[int, int], marks: CellMarks, odd: list[tuple[int, int, int]]) -> str:
    """As a spreadsheet shows it: in its format, else whole where it is, or with the 15 digits it keeps."""
    code = marks.formats.get(at)
    if code is not None and math.isfinite(value):
        told = shown(value, code)
        if told is not None:
            return told
        odd.append((*at, _FORMAT))
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15G}"


def _merged(sheet: Any) -> Iterator[tuple[int, int, int]]:
    """Every cell of a merged range; the first as well, for only it has the value."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom, top + 1000) + 1):
            for column in range(left, min(right, left + 200) + 1):
                yield row + 1, column + 1, _MERGED
