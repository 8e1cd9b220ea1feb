"""A row as a value: every cell checked, nothing made yet."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from packdesk.domain.arithmetic import UNITS_MM, evaluate_length
from packdesk.domain.dimensions import (
    DEFAULT_DIMENSIONS,
    PACKAGE_TYPES,
    Dimensions,
    PackageType,
    check_dimensions,
    check_package_type,
)
from packdesk.domain.look import Finish
from packdesk.domain.objects.numbers import ARTICLE_DIGITS, check_digit, check_value, plain_digits
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.pack_words import BARCODE_DIGITS, PackWords, check_barcode, check_words
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.prompts import check_prompt
from packdesk.domain.ranges.fields import PANELS, SIDES, WORDS, Field, unit_in
from packdesk.domain.ranges.naming import ROW
from packdesk.domain.ranges.table import CellProblem
from packdesk.errors import InvalidInputError, PackdeskError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from typing import Any

    from packdesk.domain.ranges.mapping import ColumnMapping
    from packdesk.domain.ranges.table import TableRow

_GRAIN_DIGITS = 3
_GERMAN_TYPES: dict[str, PackageType] = {
    "karton": "box",
    "schachtel": "box",
    "zylinder": "cylinder",
    "dose": "cylinder",
}
_GERMAN_FINISHES = {
    "matt": Finish.MATTE,
    "glanz": Finish.GLOSS,
    "glänzend": Finish.GLOSS,
    "folie": Finish.FOIL,
}


class RangeRow(BaseModel):
    """One product of a range, checked.

    Attributes:
        number: of its row in the table.
        fields: what the table says, by field: for names of files, and for whatever shows a field's text.
        words: those that stand on the pack, by the names of `PackWords`; a word the table has no column for
            is not in it.
        prompt: what its artwork shows; empty for the base design's.
        package_type: of the package.
        dimensions: of the package.
        finish: None as the base design's.
        pictures: files by panel, as the table names them.
        sheet: likewise, of the whole blank; empty for none.
    """

    model_config = ConfigDict(frozen=True)

    number: int
    fields: dict[str, str]
    words: dict[str, str]
    prompt: str
    package_type: PackageType
    dimensions: Dimensions
    finish: Finish | None
    pictures: dict[str, str]
    sheet: str

    @property
    def code(self) -> str:
        """The article number its files have to show, of 13 digits, or of 8 or 14; empty for none."""
        return self.words.get("barcode", "") or self.fields.get(Field.CODE, "")

    @property
    def shown(self) -> dict[str, str]:
        """What objects may show of it, by field."""
        return {**self.fields, ROW: str(self.number)}

    @property
    def files(self) -> dict[str, str]:
        """Its files by field, as the table names them."""
        return {**self.pictures, **({Field.SHEET: self.sheet} if self.sheet else {})}


class RowReader:
    """Makes values of rows.

    Args:
        mapping: which column is which field.
        package_type: the base design's.
        dimensions: likewise.
        codes: kinds of codes on the base design that take a row's number.
    """

    def __init__(
        self,
        mapping: ColumnMapping,
        package_type: PackageType,
        dimensions: Dimensions,
        codes: Collection[Symbology] = (),
    ) -> None:
        self._mapping = mapping
        self._codes = codes
        self._type = package_type
        self._dimensions = dimensions

    def read(self, row: TableRow) -> RangeRow | list[CellProblem]:
        """A row's value, or everything that is wrong with it."""
        said = self._mapping.fields_of(row)
        problems: list[CellProblem] = []

        def tried(field: str, read: Callable[[str], Any], default: Any = None) -> Any:
            if field not in said:
                return default
            try:
                return read(said[field])
            except PackdeskError as error:
                problems.append(CellProblem(row.number, self._mapping.heading(field), error))
                return default

        words = {
            name: tried(field, self._reading(name), "") for field, name in WORDS.items() if self._has(field)
        }
        code = words.get("barcode", "")
        if len(code) != BARCODE_DIGITS and code:
            words["barcode"] = ""  # only an object holds it
        prompt = tried(Field.PROMPT, check_prompt, "")
        kind = tried(Field.TYPE, read_type, self._type)
        sides = {side: tried(side, self._side(side)) for side in SIDES}
        finish = tried(Field.FINISH, read_finish)
        problems += self._foreign_pictures(row.number, kind, said)
        dimensions = self._size(row.number, kind, sides, problems)
        if problems or dimensions is None:
            return problems
        return RangeRow(
            number=row.number,
            fields=said | ({Field.CODE: code} if "barcode" in words else {}),
            words=words,
            prompt=prompt,
            package_type=kind,
            dimensions=dimensions,
            finish=finish,
            pictures={panel: said[panel] for panel in PANEL_IDS[kind] if panel in said},
            sheet=said.get(Field.SHEET, ""),
        )

    def _reading(self, name: str) -> Callable[[str], str]:
        if name == "barcode":
            return partial(read_code, codes=self._codes)
        return lambda text: str(getattr(check_words(PackWords(**{name: text})), name))

    def _side(self, side: Field) -> Callable[[str], float]:
        """Sums are in the unit of the heading as well."""
        unit_mm = UNITS_MM.get(unit_in(self._mapping.heading(side)), 1.0)
        return lambda text: read_side(text, unit_mm)

    def _has(self, field: str) -> bool:
        return field in self._mapping.places

    def _foreign_pictures(self, number: int, kind: PackageType, said: Mapping[str, str]) -> list[CellProblem]:
        return [
            CellProblem(
                number,
                self._mapping.heading(panel),
                InvalidInputError(
                    Sentence("A {package} has no panel “{text}”.", package=kind, text=panel),
                    Sentence("Its panels are {panels}.", panels=", ".join(PANEL_IDS[kind])),
                ),
            )
            for panel in PANELS
            if panel in said and panel not in PANEL_IDS[kind]
        ]

    def _size(
        self,
        number: int,
        kind: PackageType,
        sides: Mapping[Field, float | None],
        problems: list[CellProblem],
    ) -> Dimensions | None:
        base = self._dimensions if kind == self._type else DEFAULT_DIMENSIONS[kind]
        width, height, depth = (
            told if (told := sides[side]) is not None else own
            for side, own in zip(SIDES, base.as_tuple(), strict=True)
        )
        if kind == "cylinder":
            if sides[Field.DEPTH] is None:
                depth = width
            elif sides[Field.WIDTH] is None:
                width = depth
        try:
            return check_dimensions(kind, width, height, depth)
        except InvalidInputError as error:
            problems.append(CellProblem(number, self._blamed(kind, (width, height, depth)), error))
            return None

    def _blamed(self, kind: PackageType, sides: tuple[float, float, float]) -> str:
        """The heading of the first side that alone is out of range; empty where all of them together are."""
        fine = DEFAULT_DIMENSIONS[kind].as_tuple()
        for place, (side, value) in enumerate(zip(SIDES, sides, strict=True)):
            tried = [value if index == place else own for index, own in enumerate(fine)]
            if kind == "cylinder" and place != 1:
                tried[0] = tried[2] = value
            try:
                check_dimensions(kind, *tried)
            except InvalidInputError:
                return self._mapping.heading(side) if self._has(side) else ""
        return ""


def read_code(text: str, codes: Collection[Symbology] = ()) -> str:
    """The thirteen digits of an EAN-13. One of twelve is a UPC-A, or has lost its first 0 in a spreadsheet.

    Args:
        text: what the cell says.
        codes: kinds that take the number; for an EAN-8 or ITF-14 it may have their 8 or 14 digits.

    Raises:
        InvalidInputError: it is none.
    """
    digits = plain_digits(text)
    for kind in (Symbology.EAN8, Symbology.ITF14):
        if kind in codes and re.fullmatch(f"[0-9]{{{ARTICLE_DIGITS[kind]}}}", digits):
            return check_value(kind, digits)
    if re.fullmatch(r"[0-9]{12}", digits):
        if check_digit(f"0{digits[:-1]}") != digits[-1]:
            raise InvalidInputError(
                Sentence(
                    "The barcode number {text} has 12 digits, and the last is no check digit.", text=digits
                ),
                Sentence("With its check digit it may be {offered}.", offered=digits + check_digit(digits)),
            )
        digits = digits.zfill(BARCODE_DIGITS)
    elif re.fullmatch(r"[0-9.]+e\+?[0-9]+", digits, re.IGNORECASE):
        raise InvalidInputError(
            Sentence("A spreadsheet has rounded the barcode number to “{text}”.", text=text[:40]),
            "Give the column the format Text, and write the numbers anew.",
        )
    return check_barcode(digits if digits.isdigit() else text)


def read_side(text: str, unit_mm: float = 1.0) -> float:
    """A side in millimetres, as the window's fields take it: `120`, `12,5`, `4in`.

    Args:
        text: what is said.
        unit_mm: millimetres a number without a unit counts.

    Raises:
        InvalidInputError: it is no length.
    """
    return round(evaluate_length(text, unit_mm), _GRAIN_DIGITS)


def read_type(text: str) -> PackageType:
    """The package's type, in English or German.

    Raises:
        InvalidInputError: there is no such type.
    """
    word = text.strip().casefold()
    return _GERMAN_TYPES.get(word) or check_package_type(word if word in PACKAGE_TYPES else text)


def read_finish(text: str) -> Finish:
    """A finish, in English or German.

    Raises:
        InvalidInputError: there is no such finish.
    """
    word = text.strip().casefold()
    if word in _GERMAN_FINISHES:
        return _GERMAN_FINISHES[word]
    try:
        return Finish(word)
    except ValueError:
        raise InvalidInputError(
            Sentence("There is no finish “{text}”.", text=text[:40]),
            Sentence("Use {names}.", names=", ".join(Finish)),
        ) from None
