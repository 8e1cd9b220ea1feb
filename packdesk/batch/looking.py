"""A table looked through again and again, while somebody says what its columns are: read once."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from packdesk.app.choices import key_keeper
from packdesk.app.core import choose_provider
from packdesk.app.display import painting
from packdesk.batch.planning import PlannedRange, RangeInputs, check_place, foresight_of, planned_range
from packdesk.batch.previewing import PREVIEW_DPI, PREVIEW_SIZE
from packdesk.domain.ranges.fields import field_called
from packdesk.domain.ranges.mapping import find_mapping
from packdesk.domain.ranges.messages import (
    CELL_LETTERS,
    MOST_NOTES,
    MOST_PROBLEMS,
    PAGE_ROWS,
    Mark,
    Page,
    Plan,
    Planned,
    Problem,
    Told,
)
from packdesk.domain.ranges.table import Table
from packdesk.domain.text import cut
from packdesk.errors import BadTableError, NotPossibleError, PackdeskError
from packdesk.services.ranges.base import read_base
from packdesk.services.ranges.orders import OutputKind, RangeOptions
from packdesk.tables.reading import read_table

if TYPE_CHECKING:
    from packdesk.batch.foresight import Foresight
    from packdesk.batch.process import Workshop
    from packdesk.domain.ranges.messages import Wish
    from packdesk.domain.ranges.table import CellProblem
    from packdesk.generation.base import Provider
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RowOrder
    from packdesk.settings import Settings

_SEE = "See how the products are now, and make the range then."


class _State(NamedTuple):
    """Of a file, so that one that was saved meanwhile is read again."""

    file: str
    sheet: str
    changed: int
    size: int


class LookedAt:
    """The table, base design and plan that were asked for last. All calls block.

    Args:
        settings: who paints, and what shapes the blank.
        folder: for previews.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._provider: Provider | None = None
        self._read: tuple[_State, Table] | None = None
        self._based: tuple[_State, BaseDesign] | None = None
        self._table = Table("", (), ())
        self._marks: dict[int, list[Mark]] = {}
        self._asked: tuple[int, PlannedRange, RangeInputs] | None = None
        self._foreseen: tuple[object, Foresight] | None = None
        self._qt = contextlib.ExitStack()

    def close(self) -> None:
        """Let go of what looked at rows."""
        self._foreseen = None
        self._qt.close()

    @property
    def paid(self) -> bool:
        """Whether pictures cost something."""
        return self._provider is not None and self._provider.profile.paid

    def plan(self, asked: Plan) -> Planned:
        """What is in the table, and what is wrong with it."""
        self._asked, self._marks, self._table = None, {}, Table("", (), ())
        number, wish = asked.number, asked.wish
        try:
            self._table = table = self._table_of(wish)
        except BadTableError as error:  # another sheet may be meant
            told = Told.of(error.full_text())
            return Planned(number=number, error=told, sheet=error.sheet, sheets=error.sheets)
        except PackdeskError as error:
            return Planned(number=number, error=Told.of(error.full_text()))
        fields = _fields_of(table, wish)
        known = Planned(
            number=number,
            headings=table.headings,
            fields=fields,
            rows=len(table.rows),
            sheet=table.sheet,
            sheets=table.sheets,
        )
        try:
            planned = self._planned(asked, table, fields)
        except PackdeskError as error:
            return known.model_copy(update={"error": Told.of(error.full_text())})
        return self._told(known, planned, asked.row)

    def page(self, first: int) -> Page:
        """Rows of the table from a place on."""
        rows = self._table.rows[max(first, 0) : max(first, 0) + PAGE_ROWS]
        marks = [mark for place in range(first, first + len(rows)) for mark in self._marks.get(place, ())]
        return Page(
            first=first,
            numbers=tuple(row.number for row in rows),
            cells=tuple(tuple(cut(text, CELL_LETTERS) for text in row.cells) for row in rows),
            marks=tuple(marks),
        )

    def planned(self, number: int) -> PlannedRange:
        """The range as it was seen, while the table and the base design are still what was seen.

        Raises:
            NotPossibleError: one of them has changed, or it has problems.
        """
        if self._asked is None or self._asked[0] != number or self._asked[1].plan.problems:
            raise NotPossibleError("The table has changed meanwhile.", _SEE)
        _, planned, asked = self._asked
        if self._read is None or self._read[0] != _state_of(asked.table, asked.sheet):
            raise NotPossibleError("The table has changed meanwhile.", _SEE)
        if self._based is None or self._based[0] != _state_of(asked.design):
            raise NotPossibleError("The base design has changed meanwhile.", _SEE)
        return planned

    def order_to_see(self, place: int) -> tuple[Workshop, RowOrder]:
        """A row, whatever is wrong with others, and what to draw it with: nothing is paid for.

        Raises:
            PackdeskError: the row cannot be used.
        """
        if self._asked is None or not 0 <= place < len(self._table.rows):
            raise NotPossibleError("There is no such row.", "Choose another one.")
        _, planned, asked = self._asked
        order = self._alone(place, planned, asked)
        options = asked.options.model_copy(
            update={"kinds": (OutputKind.RENDER,), "dpi": PREVIEW_DPI, "picture_size": PREVIEW_SIZE}
        )
        changed = {"options": options, "folder": self._folder, "provider": "offline", "force": True}
        shared = order.model_copy(update={"shared": tuple(order.prompts)})  # painted once for every look
        return planned.workshop.model_copy(update=changed), shared

    # --- what was read

    def _table_of(self, wish: Wish) -> Table:
        file = Path(wish.table)
        state = _state_of(file, wish.sheet)
        if self._read is None or self._read[0] != state:
            self._read = None
            self._read = state, read_table(file, wish.sheet)
        return self._read[1]

    def _base_of(self, file: Path) -> BaseDesign:
        state = _state_of(file)
        if self._based is None or self._based[0] != state:
            self._based = None
            self._based = state, read_base(file)
        return self._based[1]

    def _painter(self) -> Provider:
        if self._provider is None:
            provider = choose_provider(self._settings, key_keeper(self._settings))
            asyncio.run(provider.prepare())
            self._provider = provider
        return self._provider

    # --- planned

    def _foresight(self, asked: RangeInputs, base: BaseDesign, provider: Provider) -> Foresight:
        """What it has seen it remembers, as long as rows are made in the same way."""
        key = asked.table, asked.options, base.content
        if self._foreseen is None or self._foreseen[0] != key:
            self._qt.enter_context(painting())
            self._foreseen = key, foresight_of(self._settings, asked, base, provider)
        return self._foreseen[1]

    def _planned(self, asked: Plan, table: Table, fields: tuple[str, ...]) -> PlannedRange:
        wish = asked.wish
        said = tuple(
            f"{heading}={field}" for heading, field in zip(table.headings, fields, strict=True) if heading
        )
        folder = Path(wish.folder) if wish.folder else None
        mapping = find_mapping(table, said)
        options = RangeOptions(kinds=tuple(map(OutputKind, wish.kinds)), dpi=self._settings.dpi)
        design = Path(wish.design)
        inputs = RangeInputs(
            Path(wish.table), design, folder, wish.sheet, said, wish.pattern, options, wish.force
        )
        check_place(inputs)
        base, painter = self._base_of(design), self._painter()
        planned = planned_range(
            self._settings,
            inputs,
            table,
            mapping,
            base=base,
            provider=painter,
            foresight=self._foresight(inputs, base, painter),
        )
        self._asked = asked.number, planned, inputs
        return planned

    def _alone(self, place: int, planned: PlannedRange, asked: RangeInputs) -> RowOrder:
        """A row's order, as if there were no other."""
        if planned.plan.orders:
            return planned.plan.orders[place]
        row = self._table.rows[place]
        own = tuple(one for one in self._table.problems if one.row == row.number)
        table = replace(self._table, rows=(row,), problems=own)
        base = self._base_of(asked.design)
        plan = planned_range(
            self._settings, asked, table, planned.mapping, base=base, provider=self._painter()
        ).plan
        if plan.problems:
            raise plan.problems[0].error
        return plan.orders[0]

    def _told(self, known: Planned, planned: PlannedRange, row: int) -> Planned:
        plan, table = planned.plan, planned.table
        places = {one.number: place for place, one in enumerate(table.rows)}
        columns = {heading: place for place, heading in enumerate(table.headings)}
        problems: list[Problem] = []
        for one in plan.problems:
            told = _problem(one, places, columns)
            self._marks.setdefault(told.place, []).append(
                Mark(place=told.place, column=told.column, told=Told.of(one.error.full_text()))
            )
            if len(problems) < MOST_PROBLEMS:
                problems.append(told)
        try:
            example = self._alone(min(row, len(table.rows) - 1), planned, self._asked[2]).name  # type: ignore[index]  # just set
        except PackdeskError:
            example = ""
        return known.model_copy(
            update={
                "problems": tuple(problems),
                "count": len(plan.problems),
                "ready": len(plan.orders),
                "kept": len(plan.kept),
                "paintings": plan.paintings,
                "usd": plan.usd,
                "paid": planned.paid,
                "example": example,
                "notes": tuple(map(Told.of, plan.notes[:MOST_NOTES])),
            }
        )


def _state_of(file: Path, sheet: str = "") -> _State:
    try:
        stat = file.stat()
    except OSError:  # whoever reads it says what is wrong
        return _State(str(file), sheet, 0, -1)
    return _State(str(file), sheet, stat.st_mtime_ns, stat.st_size)


def _fields_of(table: Table, wish: Wish) -> tuple[str, ...]:
    """The field of each column: as said, else by its name."""
    said = wish.columns or {}
    return tuple(said[name] if name in said else field_called(name) or "" for name in table.headings)


def _problem(one: CellProblem, places: dict[int, int], columns: dict[str, int]) -> Problem:
    return Problem(
        row=one.row,
        place=places.get(one.row, -1),
        column=columns.get(one.column, -1),
        heading=one.column,
        told=Told.of(one.error.sentence),
        remedy=Told.of(one.error.remedy),
    )
