"""A range planned by the settings: the table read, its columns named, every row checked, the price known."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from packdesk.app.choices import dieline_options, key_keeper
from packdesk.app.core import choose_provider
from packdesk.app.display import painting
from packdesk.app.translations import spoken_language, writes_commas
from packdesk.batch.already import RowInputs, made_before
from packdesk.batch.files import FolderFiles
from packdesk.batch.foresight import Foresight
from packdesk.batch.possible import check_options
from packdesk.batch.process import Workshop
from packdesk.batch.whose import check_table
from packdesk.domain.dieline.values import LineColours
from packdesk.domain.ranges.mapping import find_mapping, headings_said
from packdesk.errors import InvalidInputError, NotPossibleError, OutputUnwritableError
from packdesk.sentence import Sentence
from packdesk.services.ranges.base import read_base
from packdesk.services.ranges.notes import pointed_numbers
from packdesk.services.ranges.orders import OutputKind
from packdesk.services.ranges.plan import Planner
from packdesk.tables.reading import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.batch.files import RangeFiles
    from packdesk.domain.ranges.mapping import ColumnMapping
    from packdesk.domain.ranges.table import Table
    from packdesk.generation.base import Provider
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RangeOptions
    from packdesk.services.ranges.plan import RangePlan
    from packdesk.settings import Settings


@dataclass(frozen=True)
class RangeInputs:
    """What somebody asks for.

    Attributes:
        table: the table's file.
        design: the base design's.
        folder: for the outputs; it may be missing, its parent not. None where it is not named yet.
        sheet: of a workbook; empty for its first one.
        said: `COLUMN=FIELD`, for columns that go by other names.
        pattern: of the files' names.
        options: how rows are made.
        force: whether files that are not of this range may be replaced.
        team: the outputs' place in that of a team, which is no folder of ours.
    """

    table: Path
    design: Path
    folder: Path | None
    sheet: str
    said: Sequence[str]
    pattern: str
    options: RangeOptions
    force: bool = False
    team: RangeFiles | None = None

    @property
    def files(self) -> RangeFiles | None:
        """Where the outputs go; None where that is not said yet."""
        return self.team or (None if self.folder is None else FolderFiles(self.folder))

    @property
    def source(self) -> str:
        """The table, by its file and sheet."""
        return f"{self.table.absolute()}, {self.sheet}" if self.sheet else str(self.table.absolute())


@dataclass(frozen=True)
class PlannedRange:
    """A range, checked.

    Attributes:
        table: as it was read.
        mapping: which column is which field.
        plan: its rows, or what is wrong with them.
        workshop: what they are made of.
        paid: whether pictures cost something.
        source: the table, by its file and sheet.
    """

    table: Table
    mapping: ColumnMapping
    plan: RangePlan
    workshop: Workshop
    paid: bool
    source: str


def plan_range(settings: Settings, asked: RangeInputs) -> PlannedRange:
    """Read and check everything; nothing is made. Blocks.

    Raises:
        BadTableError: the table cannot be used as a whole.
        BundleError: the base design cannot be read.
        InvalidInputError: columns, fields, the pattern or the folder cannot be used.
        OutputUnwritableError: the folder is no folder, or another table's.
        ProviderSetupError: the provider cannot work as it is set up.
    """
    check_place(asked)
    table = read_table(asked.table, asked.sheet, headings_said(asked.said))
    mapping = find_mapping(table, asked.said)
    base = read_base(asked.design)
    provider = choose_provider(settings, key_keeper(settings))
    asyncio.run(provider.prepare())
    with painting():
        foresight = foresight_of(settings, asked, base, provider)
        return planned_range(
            settings, asked, table, mapping, base=base, provider=provider, foresight=foresight
        )


def foresight_of(settings: Settings, asked: RangeInputs, base: BaseDesign, provider: Provider) -> Foresight:
    """What looks at rows before they are made; needs a Qt application."""
    tables = asked.table.absolute().parent
    return Foresight(base, provider.profile, whole_options(settings, asked.options, base), tables)


def whole_options(settings: Settings, options: RangeOptions, base: BaseDesign) -> RangeOptions:
    """What rows are made by, the base design's blank and the settings of this machine told with it.

    So other machines make the same, whatever is set there, and rows are made anew after something was set.
    """
    proof = OutputKind.PROOF in options.kinds
    told = {
        "blank": (base.appearance and base.appearance.blank) or dieline_options(settings),
        "colours": LineColours(settings.line_colours),
        "language": spoken_language(settings.language) if proof else options.language,
    }
    return options.model_copy(update=told)


def planned_range(
    settings: Settings,
    asked: RangeInputs,
    table: Table,
    mapping: ColumnMapping,
    *,
    base: BaseDesign,
    provider: Provider,
    foresight: Foresight | None = None,
) -> PlannedRange:
    """As `plan_range`, of what was read already and a provider that is prepared.

    Raises:
        InvalidInputError: the pattern cannot be used, or no row can be made with these options.
    """
    tables = asked.table.absolute().parent
    options = whole_options(settings, asked.options, base)
    foresee = None if foresight is None else foresight.problems
    look_back, files = None, asked.files
    if files is not None:
        inputs = RowInputs.of(base, options, provider.profile.name, tables)
        look_back = partial(made_before, files=files, inputs=inputs, force=asked.force)
    planner = Planner(base, provider, options, tables, foresee=foresee, look_back=look_back)
    plan = planner.plan(table, mapping, asked.pattern)
    if writes_commas(settings.language):
        plan = replace(plan, notes=(*plan.notes, *pointed_numbers(table, mapping)))
    check_options(plan.orders, options, base)
    workshop = Workshop(
        design=asked.design.absolute(),
        folder=Path() if asked.folder is None else asked.folder.absolute(),
        tables=tables,
        options=options,
        provider=provider.profile.name,
        force=asked.force,
    )
    return PlannedRange(table, mapping, plan, workshop, provider.profile.paid, asked.source)


def check_place(asked: RangeInputs) -> None:
    """Refuse a place that cannot take a range's files, or that has another table's.

    Raises:
        OutputUnwritableError: it is no folder, there is none to make it in, or it is another table's.
    """
    if asked.folder is not None:
        check_folder(asked.folder)
    files = asked.files
    if files is not None and not asked.force:
        check_table(files, asked.source)


def check_folder(folder: Path) -> None:
    """Refuse what cannot take a range's files.

    Raises:
        OutputUnwritableError: it is no folder, or there is none to make it in.
    """
    if os.path.lexists(folder) and not folder.is_dir():  # a link to a folder is one
        raise OutputUnwritableError(Sentence("{target} is no folder.", target=folder), "Name a folder.")
    if not folder.exists() and not folder.absolute().parent.is_dir():
        raise OutputUnwritableError(
            Sentence("There is no folder {folder}.", folder=folder.absolute().parent),
            "Make it first, or name another.",
        )


def check_money(planned: PlannedRange, limit: float | None) -> None:
    """Refuse what costs more than somebody has agreed to.

    Raises:
        InvalidInputError: nobody has said what it may cost.
        NotPossibleError: it costs more.
    """
    usd, count = planned.plan.usd, planned.plan.paintings
    if not planned.paid or not count:
        return
    if limit is None:
        raise _unsaid(count, usd)
    if usd > limit:
        raise _above(count, usd, limit)


def _unsaid(count: int, usd: float) -> InvalidInputError:
    terminal = "--limit USD, or --provider offline."
    if count == 1:
        return InvalidInputError(
            Sentence("A picture will cost about {usd:.2f} US dollars.", usd=usd),
            "Say what it may cost, or have it painted on this computer.",
            terminal=terminal,
        )
    return InvalidInputError(
        Sentence("{count} pictures will cost about {usd:.2f} US dollars.", count=count, usd=usd),
        "Say what they may cost, or have them painted on this computer.",
        terminal=terminal,
    )


def _above(count: int, usd: float, limit: float) -> NotPossibleError:
    if count == 1:
        return NotPossibleError(
            Sentence(
                "A picture will cost about {usd:.2f} US dollars, more than the {limit:.2f} allowed.",
                usd=usd,
                limit=limit,
            ),
            "Allow more, or make fewer rows.",
        )
    return NotPossibleError(
        Sentence(
            "{count} pictures will cost about {usd:.2f} US dollars, more than the {limit:.2f} allowed.",
            count=count,
            usd=usd,
            limit=limit,
        ),
        "Allow more, or make fewer rows.",
    )
