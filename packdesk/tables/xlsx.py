"""What of an XLSX file calamine does not tell: formulas without a result, and formats of numbers."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from packdesk.tables.formats import BUILT_IN, is_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_CELL = re.compile(rb"<c\s([^>]*[^/>])>(.*?)</c>", re.DOTALL)
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_STYLE = re.compile(rb"\bs=\"(\d{1,6})\"")
_OF_ANOTHER_KIND = re.compile(rb"\bt=\"(?!n\")")
_PLACED = re.compile(rb"<c\s[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*(?<!/)>")
_LONG_NAMES = (
    (16_384, re.compile(rb" r=\"[A-Z]{3}\d")),
    (702, re.compile(rb" r=\"[A-Z]{2}\d")),
)
"""How many columns there may be at most, where one has a name as long."""
_ROW = re.compile(rb"<row\s([^>]*)>")
_NUMBER = re.compile(rb"\br=\"(\d{1,7})\"")
_HIDDEN = re.compile(rb"\bhidden=\"(?:1|true)\"")
_RESULT = re.compile(rb"<v[^>]*>\s*[^<\s]|<is>")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class CellMarks(NamedTuple):
    """Of the cells of a sheet, by row and column from 1.

    Attributes:
        formats: of numbers that are not shown as they are.
        failed: formulas that end in an error.
        uncalculated: formulas without a result.
        hidden: numbers of rows nobody sees.
        reach: the last row and column with a cell, or beyond.
    """

    formats: dict[tuple[int, int], str]
    failed: list[tuple[int, int]]
    uncalculated: list[tuple[int, int]]
    hidden: Sequence[int] = ()
    reach: tuple[int, int] = (0, 0)


def marks_of(data: bytes, name: str, enough: int) -> CellMarks:
    """What is known of a sheet's cells; nothing of other kinds of files.

    Args:
        data: the file.
        name: of the sheet.
        enough: cells; a sheet that reaches no further is not measured more exactly.
    """
    found = CellMarks({}, [], [], [])
    part = _part_of(data, name)
    if part is None:
        return found
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        cells, formats = packed.read(part), _formats(packed)
    found = CellMarks({}, [], [], _hidden(cells), _reach(cells, enough))
    for said, content in _CELL.findall(cells):
        kind: list[tuple[int, int]] | None = None
        code = ""
        if b't="e"' in said:
            kind = found.failed
        elif b"<f" in content and not _RESULT.search(content):
            kind = found.uncalculated
        elif formats and (style := _STYLE.search(said)) and not _OF_ANOTHER_KIND.search(said):
            code = formats.get(int(style[1]), "")
        if (kind is None and not code) or not (place := _PLACE.search(said)):
            continue
        at = int(place[2]), _column(place[1])
        if kind is None:
            found.formats[at] = code
        else:
            kind.append(at)
    return found


def _hidden(cells: bytes) -> list[int]:
    """Rows that a filter or somebody has hidden."""
    found = (_NUMBER.search(said) for said in _ROW.findall(cells) if _HIDDEN.search(said))
    return [int(number[1]) for number in found if number]


def _reach(cells: bytes, enough: int) -> tuple[int, int]:
    """The row of the last cell with something in it, and the last column; or beyond, where that is enough."""
    last = _PLACE.search(cells, max(cells.rfind(b"<c "), 0))
    widest = next((most for most, long in _LONG_NAMES if long.search(cells)), 26)
    if last is None or int(last[2]) * widest <= enough:
        return int(last[2]) if last else 0, widest
    columns: set[bytes] = set()
    last = None
    for last in _PLACED.finditer(cells):
        columns.add(last[1])
    return int(last[2]) if last else 0, max(map(_column, columns), default=0)


def _formats(packed: zipfile.ZipFile) -> dict[int, str]:
    """By place of a style, formats that are not plain (ECMA-376 part 1, 18.8.10 and 18.8.31)."""
    if "xl/styles.xml" not in packed.namelist():
        return {}
    styles = ET.fromstring(packed.read("xl/styles.xml"))  # noqa: S314  (as in `_part_of`)
    codes = BUILT_IN | {
        int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in styles.iter(f"{_MAIN}numFmt")
    }
    used = (
        codes.get(int(one.get("numFmtId", "0")), "") for one in styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
    )
    return {place: code for place, code in enumerate(used) if not is_plain(code)}


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column


def _part_of(data: bytes, name: str) -> str | None:
    """The part of an XLSX file with that sheet (ECMA-376 part 1, 18.2.19); None for other kinds."""
    if not data.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = set(packed.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return None
        book = ET.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314  (expat resolves nothing outside)
        ids = {one.get("name"): one.get(f"{_REL}id") for one in book.iter(f"{_MAIN}sheet")}
        relations = ET.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  (as above)
        target = next((one.get("Target", "") for one in relations if one.get("Id") == ids.get(name)), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        return part if part in names else None
