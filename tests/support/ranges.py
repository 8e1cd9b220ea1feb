"""A small base design for ranges, and what makes rows of it in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.batch.files import FolderFiles
from packdesk.batch.journal import Journal
from packdesk.batch.making import RowMaker
from packdesk.batch.outputs import OutputWriter
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.pack_words import NO_WORDS, PackWords
from packdesk.domain.panels import panel_sizes
from packdesk.domain.prompts import imported_note
from packdesk.domain.ranges.mapping import find_mapping
from packdesk.domain.ranges.naming import PATTERN
from packdesk.domain.request import PanelRequest
from packdesk.domain.state import PackagingState, new_texture, utc_text
from packdesk.generation.offline.panels import paint_panel
from packdesk.generation.offline.provider import OfflineProvider
from packdesk.services.ranges.artwork import RangeArtist
from packdesk.services.ranges.base import BaseDesign, read_base
from packdesk.services.ranges.orders import OutputKind, RangeOptions
from packdesk.services.ranges.plan import Planner, RangePlan
from packdesk.store.bundle.files import write_bundle
from packdesk.store.bundle.objects import BundledObjects
from packdesk.tables.reading import read_table
from packdesk.textures.objects.bare import bare_board
from packdesk.textures.objects.shaping import set_lettering

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from packdesk.domain.objects.values import Barcode, Text

    PanelObject = Barcode | Text
    from packdesk.domain.panels import FlatSize
    from packdesk.generation.base import Provider
    from packdesk.services.ranges.plan import Foresee

SIDES = Dimensions(width=70, height=90, depth=45)
PROMPT = "stripes in navy"
WORDS = PackWords(brand="Sol Field", product="Tea", barcode="4006381333931")
CODES = ("4006381330008", "4006381330015", "4006381330022", "4006381330039")
BLANK = DielineOptions()
OPTIONS = RangeOptions(kinds=(OutputKind.PDF,), dpi=150)


def base_file(
    folder: Path,
    objects: Mapping[str, Sequence[PanelObject]] | None = None,
    *,
    words: PackWords | None = None,
    imported: bool = False,
    bare: Collection[str] = (),
) -> Path:
    """A painted box as a bundle, with objects by panel, of which some are bare; needs a Qt application."""
    words = (NO_WORDS if objects else WORDS) if words is None else words
    prompt = imported_note("tea.png") if imported else PROMPT
    sizes = panel_sizes("box", SIDES)
    pictures = {
        panel_id: paint_panel(
            PanelRequest(
                prompt=PROMPT,
                panel_id=panel_id,
                size=size,
                package_type="box",
                package_dimensions=SIDES,
                dpi=150,
                words=words,
            )
        )
        for panel_id, size in sizes.items()
    }
    pictures |= dict.fromkeys(bare, bare_board().png)
    now = utc_text()
    textures = {name: new_texture(name, name, prompt, size, now) for name, size in sizes.items()}
    state = PackagingState(
        package_type="box", package_dimensions=SIDES, panel_textures=textures, created_at=now, updated_at=now
    )
    file = folder / "base.packdesk"
    laid = {
        panel_id: BundledObjects(_kept(sizes[panel_id], ones), pictures[panel_id], 150)
        for panel_id, ones in (objects or {}).items()
    }
    write_bundle(file, state, pictures, words=words, objects=laid)
    return file


def _kept(size: FlatSize, objects: Sequence[PanelObject]) -> KeptObjects:
    recipe = Recipe.empty(size).with_objects(tuple(objects))
    return KeptObjects.of(recipe, set_lettering(recipe.texts))


class Range:
    """A table in a folder, and its rows made in this process; pictures in 3D are left out."""

    def __init__(
        self,
        folder: Path,
        base: Path,
        table: str,
        options: RangeOptions = OPTIONS,
        blank: DielineOptions = BLANK,
    ) -> None:
        self.folder, self.out = folder, folder / "out"
        self.base: BaseDesign = read_base(base)
        self.provider: Provider = OfflineProvider()
        self.options = options.model_copy(update={"blank": blank})
        self.table = folder / "range.csv"
        self.table.write_text(table, "utf-8")
        self.files = FolderFiles(self.out)
        self.files.open()
        self.journal = Journal(self.files)

    def plan(self, pattern: str = PATTERN, foresee: Foresee | None = None) -> RangePlan:
        table = read_table(self.table)
        planner = Planner(self.base, self.provider, self.options, self.folder, foresee=foresee)
        return planner.plan(table, find_mapping(table), pattern)

    def maker(self, *, force: bool = False) -> RowMaker:
        return RowMaker(
            base=self.base,
            artist=RangeArtist(
                self.base,
                self.provider,
                self.options,
                tables=self.folder,
                shared=self.files,
                letter=set_lettering,
            ),
            writer=OutputWriter(self.options, draws=False),
            files=self.files,
            options=self.options,
            provider=self.provider.profile.name,
            tables=self.folder,
            force=force,
        )
