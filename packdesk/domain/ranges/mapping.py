"""Which column of a table is which field: found by name, or said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.domain.ranges.fields import FIELDS, SIDES, Field, field_called, unit_in
from packdesk.domain.text import cut_names, printable
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from packdesk.domain.ranges.table import Table, TableRow


_NUMBER = re.compile(r"\d[\d.,\s]*")


@dataclass(frozen=True)
class ColumnMapping:
    """Fields and the place of their column, from 0.

    Attributes:
        places: by field.
        headings: of the table.
    """

    places: Mapping[str, int]
    headings: tuple[str, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings of columns that are no field."""
        used = set(self.places.values())
        return tuple(name for place, name in enumerate(self.headings) if name and place not in used)

    def heading(self, field: str) -> str:
        """What the column of a field is called; the field's own name where there is none."""
        place = self.places.get(field)
        return field if place is None else self.headings[place]

    def fields_of(self, row: TableRow) -> dict[str, str]:
        """What a row says, by field; empty cells say nothing. A number has the unit its heading says."""
        return {
            field: self._with_unit(field, text)
            for field, place in self.places.items()
            if (text := row.cells[place])
        }

    def _with_unit(self, field: str, text: str) -> str:
        unit = unit_in(self.heading(field)) if field in {Field.WEIGHT, *SIDES} else ""
        meant = unit and unit != "mm" and _NUMBER.fullmatch(text)
        return f"{text} {unit}" if meant else text


def find_mapping(table: Table, said: Iterable[str] = ()) -> ColumnMapping:
    """The columns of a table.

    Args:
        table: whose headings are known by their names.
        said: `COLUMN=FIELD` for columns that go by other names; `COLUMN=` leaves one out.

    Raises:
        InvalidInputError: there is no such column or field, two columns are one field, or none is any.
    """
    wanted = dict(_said(one, table.headings) for one in said)
    places: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        field = wanted[heading] if heading in wanted else field_called(heading)
        if not field or (heading not in wanted and field in wanted.values()):
            continue
        if field in places:
            raise InvalidInputError(
                Sentence(
                    "The columns “{first}” and “{second}” are both the field “{field}”.",
                    first=table.headings[places[field]],
                    second=heading,
                    field=field,
                ),
                "Say which one is meant.",
                terminal="--map COLUMN= leaves a column out.",
            )
        places[field] = place
    if not places:
        raise _no_field(table)
    return ColumnMapping(places, table.headings)


def headings_said(said: Iterable[str]) -> frozenset[str]:
    """The headings of columns that are said to be a field, or none."""
    return frozenset(one.rpartition("=")[0].strip() for one in said) - {""}


def _no_field(table: Table) -> InvalidInputError:
    names, fields = cut_names(table.headings, "and {0} more"), ", ".join(FIELDS[:5])
    if len(table.sheets) > 1:
        return InvalidInputError(
            Sentence(
                "No column of the sheet “{sheet}” is a field: {names}.",
                sheet=printable(table.sheet),
                names=names,
            ),
            Sentence(
                "Take another sheet, or call its columns by what they say, such as {names}, in one row above "
                "the products.",
                names=fields,
            ),
            terminal="--sheet NAME takes another; --map COLUMN=FIELD says what a column is.",
        )
    return InvalidInputError(
        Sentence("No column of the table is a field: {names}.", names=names),
        Sentence("Call them by what they say, such as {names}, in one row above the products.", names=fields),
        terminal="Or say it: --map COLUMN=FIELD.",
    )


def _said(text: str, headings: tuple[str, ...]) -> tuple[str, str]:
    column, sign, name = text.rpartition("=")
    if not sign:
        raise InvalidInputError(
            Sentence("“{text}” does not say which field the column is.", text=text[:60]),
            "Write the column, an equals sign and the field.",
            terminal="As in --map Marke=brand.",
        )
    heading = next((one for one in headings if one.casefold() == column.strip().casefold()), None)
    if not heading:
        raise InvalidInputError(
            Sentence("There is no column “{name}” in the table.", name=column[:60]),
            Sentence("Its columns are: {names}.", names=cut_names(headings, "and {0} more")),
        )
    field = field_called(name) if name.strip() else ""
    if field is None:
        raise InvalidInputError(
            Sentence("There is no field “{name}”.", name=name[:60]),
            Sentence("The fields are: {names}.", names=", ".join(FIELDS)),
        )
    return heading, field
