"""One row made from its order to its files, in a process that has read the base design already."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.batch.already import RowInputs
from packdesk.batch.files import file_hash, unwritable
from packdesk.batch.journal import Journal, RowRecord, thumbnail_of
from packdesk.batch.outputs import product_of
from packdesk.batch.reading_back import Expected, differences
from packdesk.batch.words_back import laid_words
from packdesk.domain.objects.numbers import ARTICLE_DIGITS
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.values import Barcode
from packdesk.domain.panels import panel_sizes
from packdesk.domain.preflight import Level
from packdesk.domain.ranges.fields import WORDS, Field
from packdesk.domain.ranges.naming import OURS
from packdesk.domain.units import dpi_of
from packdesk.errors import GenerationTimeoutError, OutputUnwritableError, PackdeskError, TryLaterError
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.generation.offline.telling import is_loss
from packdesk.sentence import Sentence
from packdesk.services.collecting import CollectedArtwork, facts_of
from packdesk.services.ranges.notes import notes_on
from packdesk.services.ranges.orders import OutputKind
from packdesk.textures.objects.bare import is_bare
from packdesk.textures.objects.shaping import set_lettering

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from packdesk.batch.files import RangeFiles
    from packdesk.batch.outputs import OutputWriter, Product
    from packdesk.services.ranges.artwork import RangeArtist, RowArtwork
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RangeOptions, RowOrder

PASSING = (TryLaterError, GenerationTimeoutError)
"""What a row may fail for that is different in a minute."""
_THUMBNAIL = "thumbnail.jpg"
_TURNS = 64
"""So many rows take their places at the same time."""
_ROUNDED = 0.98
"""Of a resolution: sides are whole pixels."""


@dataclass(frozen=True)
class RowMaker:
    """Makes rows, one at a time.

    Attributes:
        base: the base design.
        artist: finds or makes artwork.
        writer: writes the files.
        files: of the range.
        options: of the range.
        provider: its name; another one would make other pictures.
        tables: the folder that names of pictures are meant from.
        force: whether files that are not of this range may be replaced.
    """

    base: BaseDesign
    artist: RangeArtist
    writer: OutputWriter
    files: RangeFiles
    options: RangeOptions
    provider: str
    tables: Path
    force: bool = False

    @property
    def _inputs(self) -> RowInputs:
        return RowInputs.of(self.base, self.options, self.provider, self.tables)

    @property
    def journal(self) -> Journal:
        """What is known of every row."""
        return Journal(self.files)

    def make(self, order: RowOrder) -> tuple[RowRecord, bool]:
        """Make a row unless it is made; returns its record, and whether anything was done.

        A row that fails says why in its record. No file of it stays that says what the row does not, for
        somebody might print it; what was made of the same row before does.

        Raises:
            OSError: the record cannot be written.
        """
        began = time.perf_counter()
        named = self._inputs
        inputs = named.all_of(order)
        former = self.journal.read(order.name)
        if former is not None and self.journal.is_made(former, inputs):
            return former, False
        record = RowRecord(
            row=order.row.number, name=order.name, inputs=inputs, says=named.says(order), code=order.row.code
        )
        foreign = self._foreign(order, former)
        if foreign is not None:
            return self._kept(_refused(record, former, foreign), began), True
        with self.files.staging() as folder:
            done = self._tried(order, record, folder)
            return self._published(order, done, folder, began)

    def draw(self, order: RowOrder, folder: Path) -> Path:
        """A row as a picture in 3D that is written down nowhere; the options want just that.

        Raises:
            PackdeskError: a picture of it cannot be read or made, or nothing can be drawn.
        """
        artwork = asyncio.run(self._artwork(order))
        product = product_of(order, self.base, artwork, self.options.blank)
        (name,) = self.writer.write(product, folder, folder / _THUMBNAIL)
        return folder / name

    def _tried(self, order: RowOrder, record: RowRecord, folder: Path) -> RowRecord:
        """Make it in a folder of its own."""
        try:
            return self._made(order, record, folder)
        except OutputUnwritableError:  # it names a folder that has gone by now
            error = unwritable(self.files.place)
            return record.model_copy(update={"state": "failed", "reason": error.full_text()})
        except PackdeskError as error:
            passing = isinstance(error, PASSING)
            failed = {"state": "failed", "reason": error.full_text(), "passing": passing}
            return record.model_copy(update=failed)

    def _published(
        self, order: RowOrder, done: RowRecord, folder: Path, began: float
    ) -> tuple[RowRecord, bool]:
        """Put what was made in its place, unless somebody else did so meanwhile, or their own is there."""
        names = list(self.writer.names(order.name).values())
        with self.files.turn(f"{OURS}/turns/{order.row.number % _TURNS}"):
            there = self.journal.read(order.name)
            if there is not None and self.journal.is_made(there, done.inputs):
                return there, False
            foreign = self._foreign(order, there)
            if foreign is not None:
                return self._kept(_refused(done, there, foreign), began), True
            ours = self.journal.there({} if there is None else there.ours)
            done = _keeping(done, ours, names)
            changed = [name for name in names if name not in done.others]
            begun = {"state": "begun", "files": dict.fromkeys(changed, "")}
            self.journal.write(done.model_copy(update=begun))
            for name in changed:
                if name in done.files:
                    self.files.put(folder / name, name)
                else:
                    self.files.remove(name)
            if (folder / _THUMBNAIL).is_file():
                self.files.put(folder / _THUMBNAIL, thumbnail_of(order.name))
            return self._kept(done, began), True

    def _kept(self, record: RowRecord, began: float) -> RowRecord:
        done = record.model_copy(update={"seconds": round(time.perf_counter() - began, 2)})
        self.journal.write(done)
        return done

    def _foreign(self, order: RowOrder, former: RowRecord | None) -> str | None:
        if self.force:
            return None
        return self.journal.foreign(former, self.writer.names(order.name).values())

    def _made(self, order: RowOrder, record: RowRecord, folder: Path) -> RowRecord:
        artwork = asyncio.run(self._artwork(order))
        product = product_of(order, self.base, artwork, self.options.blank)
        names = self.writer.write(product, folder, folder / _THUMBNAIL)
        wrong, notes = self._looked_through(product, artwork, folder)
        told = {"notes": tuple(notes), "paintings": artwork.made, "unread": painted_fields(order, self.base)}
        if wrong:
            return record.model_copy(update={**told, "state": "failed", "reason": " ".join(wrong)})
        files = {name: file_hash(folder / name) for name in names}
        return record.model_copy(update={**told, "state": "made", "files": files})

    async def _artwork(self, order: RowOrder) -> RowArtwork:
        async with contextlib.aclosing(self.artist):  # its connections belong to this row's event loop
            return await self.artist.artwork(order)

    def _looked_through(
        self, product: Product, artwork: RowArtwork, folder: Path
    ) -> tuple[list[str], list[str]]:
        """What makes the row unusable, and what is only worth a look."""
        findings = product.findings(self.options.dpi)
        wrong = [str(note) for note in artwork.notes if is_loss(note)]
        wrong += [one.sentence for one in findings if one.level is Level.ERROR]
        if OutputKind.PDF in self.options.kinds:
            name = self.writer.names(product.order.name)[OutputKind.PDF]
            wrong += map(str, differences(folder / name, expected_of(product, self.base)))
        order = product.order
        told = notes_on(order, self.base, self.options.blank)
        notes = [*map(str, told), *(str(note) for note in artwork.notes if not is_loss(note))]
        return wrong, notes + [one.sentence for one in findings if one.level is Level.WARNING]


def painted_fields(order: RowOrder, base: BaseDesign) -> tuple[str, ...]:
    """Fields of a row whose words are painted: pixels, in which no reader finds them again for certain."""
    if not order.prompts:
        return ()
    said = order.row.words
    shown = base.in_objects_only(order.row.package_type, next(iter(order.prompts.values())))
    return tuple(
        field for field, name in WORDS.items() if field != Field.CODE and said.get(name) and name not in shown
    )


def _refused(record: RowRecord, former: RowRecord | None, foreign: str) -> RowRecord:
    """Of a row that would overwrite what somebody else did; what is ours stays known."""
    error = OutputUnwritableError(
        Sentence("{name} is there already, and not as this range left it.", name=foreign),
        "Move it away, choose another folder, or have its files replaced.",
    )
    ours = former.ours if former else {}
    failed = {"state": "failed", "reason": error.full_text(), "files": {}, "others": ours}
    return record.model_copy(update=failed)


def _keeping(done: RowRecord, ours: Mapping[str, tuple[str, str]], names: Sequence[str]) -> RowRecord:
    """The record, with what stays of earlier makings.

    Args:
        done: of the row as it is now.
        ours: files of it that are there.
        names: of the files it has now.
    """
    others = {name: one for name, one in ours.items() if name not in names}
    if done.state != "failed":
        return done.model_copy(update={"others": others})
    kept = {name: ours[name] for name in names if name in ours and ours[name][1] == done.says}
    if not kept:
        return done.model_copy(update={"others": others})
    told = Sentence("Files that were made of the same row before stay: {names}.", names=", ".join(kept))
    return done.model_copy(update={"others": others | kept, "notes": (str(told), *done.notes)})


def expected_of(product: Product, base: BaseDesign) -> Expected:
    """What the PDF of a product of a base design has to be; needs a Qt application."""
    sheet = Sheet(product.dieline, product.artwork, objects=product.objects)
    page = draw_sheet(sheet, FlatOptions()).page
    trim = sheet.trim
    return Expected(
        (trim.left - page.left, trim.top - page.top, trim.right - page.left, trim.bottom - page.top),
        product.order.row.code,
        _kinds_of(product),
        *_pictures_of(product),
        laid_words(product, base, sheet, page, set_lettering),
    )


def _kinds_of(product: Product) -> tuple[Symbology, ...]:
    """The kinds of codes that hold its number: those of articles, or where none of them does, others."""
    code = product.order.row.code
    objects = [one for laid in product.bundled.values() for one in laid.kept.recipe.objects]
    codes = [one for one in objects if isinstance(one, Barcode) and not one.hidden]
    there = {one.symbology for one in codes if code and code.lstrip("0") in one.value}
    articles = there & ARTICLE_DIGITS.keys()
    return tuple(sorted(articles or there)) or (Symbology.EAN13,)


def _pictures_of(product: Product) -> tuple[int, float]:
    """How many pictures are on the page at least, and the resolution all of them have."""
    laid = {name: one.beneath for name, one in product.objects.items()}
    facts = facts_of(CollectedArtwork({**product.artwork, **laid}, {}), {}, {})
    printed = {panel.panel_id for panel in product.dieline.panels}
    bare = {name for name, png in laid.items() if is_bare(png)}
    artwork = {name: one for name, one in facts.items() if name in printed - bare}
    sizes = panel_sizes(product.state.package_type, product.state.package_dimensions)
    least = min((dpi_of(one.width, one.height, sizes[name]) for name, one in artwork.items()), default=0.0)
    logos = any(one.pictures for one in product.objects.values())  # of any resolution
    return len(artwork), 0.0 if logos else least * _ROUNDED
