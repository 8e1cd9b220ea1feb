"""A range planned: every row checked before anything is made, and what it will cost."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.structures import panels_on_blank
from packdesk.domain.dimensions import check_dimensions
from packdesk.domain.prompts import is_prompt, used_prompts
from packdesk.domain.ranges.fields import WORDS, Field
from packdesk.domain.ranges.naming import check_pattern, file_name, same_name
from packdesk.domain.ranges.row import RangeRow, RowReader
from packdesk.domain.ranges.table import CellProblem
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence
from packdesk.services.ranges.before import Before
from packdesk.services.ranges.notes import notes_on_all
from packdesk.services.ranges.orders import RangeOptions, RowOrder
from packdesk.services.ranges.requests import panel_request, request_name
from packdesk.services.ranges.stale import lettered_otherwise, others_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.ranges.mapping import ColumnMapping
    from packdesk.domain.ranges.table import Table
    from packdesk.domain.request import PanelRequest
    from packdesk.generation.base import Provider
    from packdesk.services.ranges.base import BaseDesign

    LookBack = Callable[[Sequence[RowOrder]], Before]
    Foresee = Callable[[RowOrder, ColumnMapping], Iterable[CellProblem]]

_LONGEST_NAME = 200
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True)
class RangePlan:
    """What will be made.

    Attributes:
        orders: a row each; not one where there are problems.
        problems: everything that is wrong with the table, in its order.
        paintings: pictures a provider is asked for, those of several rows once, and those that are there not.
        usd: about what they cost.
        notes: what is worth a look on rows, each once.
        kept: names of rows that an earlier run has made of the same.
    """

    orders: tuple[RowOrder, ...]
    problems: tuple[CellProblem, ...]
    paintings: int = 0
    usd: float = 0.0
    notes: tuple[Sentence, ...] = ()
    kept: frozenset[str] = frozenset()


class Planner:
    """Plans ranges of one base design.

    Args:
        base: the base design.
        provider: who paints.
        options: how rows are made.
        tables: the folder that names of pictures are meant from.
        foresee: what is sure to fail a row once it is made; nothing else is asked where it is left out.
        look_back: what an earlier run has left for rows; nothing where it is left out.
    """

    def __init__(
        self,
        base: BaseDesign,
        provider: Provider,
        options: RangeOptions,
        tables: Path,
        *,
        foresee: Foresee | None = None,
        look_back: LookBack | None = None,
    ) -> None:
        self._look_back = look_back
        self._foresee = foresee
        self._base = base
        self._provider = provider
        self._options = options
        self._tables = tables
        self._others: Callable[[str], frozenset[str]] = lambda _: frozenset()

    def plan(self, table: Table, mapping: ColumnMapping, pattern: str) -> RangePlan:
        """Check every row; blocks while it looks whether pictures are there.

        Raises:
            InvalidInputError: the pattern of names cannot be used.
        """
        check_pattern(pattern)
        places = set(mapping.places.values())
        used = {heading for place, heading in enumerate(mapping.headings) if place in places}
        problems = [one for one in table.problems if one.column in used or not one.column]
        state = self._base.state
        reader = RowReader(mapping, state.package_type, state.package_dimensions, self._base.numbered)
        wrong = {one.row for one in problems}
        rows: list[RangeRow] = []
        for row in table.rows:
            found = [] if row.number in wrong else reader.read(row)
            if isinstance(found, RangeRow):
                rows.append(self._said_by_base(found))
            else:
                problems += found
        self._others = lru_cache(partial(others_in, rows, self._base))
        names: dict[str, int] = {}
        made = [self._order(row, mapping, pattern, names, problems) for row in rows]
        orders = [order for order in made if order is not None]
        if problems:
            return RangePlan((), tuple(sorted(problems, key=lambda one: one.row)), notes=table.notes)
        notes = notes_on_all(orders, mapping, self._base, self._options.blank)
        counted = self._counted(orders)
        return replace(counted, notes=(*counted.notes, *table.notes, *notes))

    def _order(
        self,
        row: RangeRow,
        mapping: ColumnMapping,
        pattern: str,
        names: dict[str, int],
        problems: list[CellProblem],
    ) -> RowOrder | None:
        name, before = "", len(problems)
        try:
            name = _free_name(row, pattern, names)
        except InvalidInputError as error:
            problems.append(CellProblem(row.number, self._of_name(mapping), error))
        problems += self._missing_files(row, mapping)
        why = _impossible(row.package_type, row.dimensions.as_tuple(), self._options.blank)
        if why is not None:
            problems.append(CellProblem(row.number, "", why))
        order = RowOrder(row=row, name=name, prompts=self._prompts(row))
        own = bool(row.pictures or row.sheet)  # may have the bars in it: what is read back tells
        if row.code and not own and not self._carries_code(order):
            problems.append(CellProblem(row.number, mapping.heading(Field.CODE), _no_place_for_code()))
        if self._foresee is not None and len(problems) == before:
            problems += self._foresee(order, mapping)
        return order if len(problems) == before else None

    def _said_by_base(self, row: RangeRow) -> RangeRow:
        """Words the table has no column for are the base design's, also in names and objects.

        Its number is not: an EAN-13 among the objects has its own.
        """
        words = self._base.words.said() if self._base.words else {}
        usual = {field: words[name] for field, name in WORDS.items() if name in words and field != Field.CODE}
        unsaid = {str(field): text for field, text in usual.items() if WORDS[field] not in row.words}
        return row.model_copy(update={"fields": unsaid | row.fields})

    @staticmethod
    def _of_name(mapping: ColumnMapping) -> str:
        return mapping.heading(Field.FILE) if Field.FILE in mapping.places else ""

    def _missing_files(self, row: RangeRow, mapping: ColumnMapping) -> Iterator[CellProblem]:
        for field, name in row.files.items():
            if _ADDRESS.match(name):
                yield CellProblem(row.number, mapping.heading(field), _no_address(name))
                continue
            file = self._tables / name[:_LONGEST_NAME]
            try:
                there, usable = os.path.lexists(self._tables / name), (self._tables / name).is_file()
            except (OSError, ValueError):
                there = usable = False
            if not usable:
                yield CellProblem(row.number, mapping.heading(field), _no_file(file, there=there))

    def _prompts(self, row: RangeRow) -> dict[str, str]:
        """The panels that are painted anew: those that were painted, where the row says another thing."""
        if row.sheet:
            return {}
        state, same = self._base.state, row.package_type == self._base.state.package_type
        usual = next(iter(used_prompts(state)), "")
        says = bool(row.words.keys() - self._base.by_objects(row.package_type) or row.prompt)
        found: dict[str, str] = {}
        for panel_id in panels_on_blank(row.package_type, self._options.blank.style):
            texture = state.panel_textures.get(panel_id) if same else None
            own = texture.prompt if texture else ("" if same else usual)
            if panel_id in row.pictures or (texture is not None and not is_prompt(own)):
                continue
            prompt = row.prompt or own
            if prompt and (says or texture is None or self._lettered_otherwise(row, panel_id, prompt)):
                found[panel_id] = prompt
        return found

    def _lettered_otherwise(self, row: RangeRow, panel_id: str, prompt: str) -> bool:
        profile = self._provider.profile
        others = self._others(prompt)
        return lettered_otherwise(
            row, panel_id, prompt, others, base=self._base, options=self._options, profile=profile
        )

    def _carries_code(self, order: RowOrder) -> bool:
        profile = self._provider.profile
        if "barcode" in self._base.by_objects(order.row.package_type):
            return True
        if not profile.draws_barcodes:
            return False
        return any(
            "barcode" in profile.words_on(self._request(order, panel_id, prompt))
            for panel_id, prompt in order.prompts.items()
        )

    def _request(self, order: RowOrder, panel_id: str, prompt: str) -> PanelRequest:
        profile = self._provider.profile
        return panel_request(
            order.row, panel_id, prompt, base=self._base, options=self._options, profile=profile
        )

    def _counted(self, orders: list[RowOrder]) -> RangePlan:
        """What rows have in common, and what all of it costs."""
        before = self._look_back(orders) if self._look_back else Before()
        provider = self._provider.profile.name
        uses: Counter[str] = Counter()
        asked: set[str] = set()
        named: list[dict[str, str]] = []
        usd = 0.0
        for order in orders:
            names: dict[str, str] = {}
            for panel_id, prompt in order.prompts.items():
                request = self._request(order, panel_id, prompt)
                names[panel_id] = name = request_name(request, provider)
                uses[name] += 1
                if order.name not in before.kept and name not in asked and name not in before.pictures:
                    asked.add(name)
                    estimate = self._provider.estimate([request])
                    usd += estimate.usd if estimate else 0.0
            named.append(names)
        told = tuple(
            order.model_copy(update={"shared": tuple(one for one, name in names.items() if uses[name] > 1)})
            for order, names in zip(orders, named, strict=True)
        )
        notes = tuple(before.notes())
        return RangePlan(told, (), len(asked), usd, notes, before.kept)


def _no_address(name: str) -> InvalidInputError:
    return InvalidInputError(
        Sentence("{address} is an address, not a file.", address=name[:_LONGEST_NAME]),
        "Save the picture beside the table, and name its file.",
    )


def _no_file(file: Path, *, there: bool) -> InvalidInputError:
    if there:  # a folder, a device, a pipe
        return InvalidInputError(Sentence("{file} is not a file.", file=file), "Name the file of a picture.")
    return InvalidInputError(
        Sentence("There is no file {file}.", file=file),
        "Names of pictures are meant from the table's folder.",
    )


def _free_name(row: RangeRow, pattern: str, names: dict[str, int]) -> str:
    name = file_name(row, pattern)
    other = names.setdefault(same_name(name), row.number)
    if other == row.number:
        return name
    raise InvalidInputError(
        Sentence("The rows {first} and {second} have the same file.", first=other, second=row.number),
        Sentence("“{name}” must be another name in one of them.", name=name),
    )


@lru_cache(4096)
def _impossible(
    package_type: PackageType, sides: tuple[float, float, float], blank: DielineOptions
) -> InvalidInputError | None:
    """Why there is no blank of that size; None where there is one."""
    try:
        make_dieline(package_type, check_dimensions(package_type, *sides), blank)
    except InvalidInputError as error:
        return error
    return None


def _no_place_for_code() -> InvalidInputError:
    return InvalidInputError(
        "No panel of the product can show its barcode.",
        "Bars are painted by packdesk itself (the provider offline), on panels that are painted anew.",
    )
