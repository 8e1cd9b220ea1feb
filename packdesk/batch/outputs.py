"""The files of one row, written one after the other; each is whole in its place, or not there."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from packdesk.domain.appearance import Appearance
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.structures import panels_on_blank
from packdesk.domain.panels import panel_sizes
from packdesk.domain.preflight import preflight
from packdesk.domain.prompts import imported_note
from packdesk.domain.ranges.fields import Field
from packdesk.domain.saved_view import SavedView
from packdesk.domain.state import PackagingState, PanelTexture, printed_size
from packdesk.domain.units import dpi_of
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.options import ExportFormat, ExportOptions, ModelOptions
from packdesk.export.proof.facts import Known
from packdesk.export.proof.page import Proof, write_proof
from packdesk.export.proof.words import Words
from packdesk.export.writing import NOTHING_BESIDES, Besides, sheet_title, write_design
from packdesk.files import remove_tree, write_atomically
from packdesk.jobs.drawing import PictureOrder, Shot, draw
from packdesk.jobs.proofs import VIEWS
from packdesk.services.collecting import CollectedArtwork, facts_of
from packdesk.services.object_facts import facts_of_kept
from packdesk.services.ranges.orders import OutputKind
from packdesk.services.reviews import hash_of
from packdesk.stopping import undone_by
from packdesk.store.bundle.files import write_bundle
from packdesk.textures.changing import pixels_of
from packdesk.textures.codes import read_codes
from packdesk.textures.images import decode_texture
from packdesk.textures.objects.bare import is_bare

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from packdesk.domain.dieline.values import Dieline, DielineOptions
    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.objects.shown import ShownObjects
    from packdesk.domain.pack_words import PackWords
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.preflight import Finding, PictureFacts
    from packdesk.services.ranges.artwork import RowArtwork
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RangeOptions, RowOrder
    from packdesk.store.bundle.objects import BundledObjects
    from packdesk.viewer.drawing_room import DrawingRoom

HOME = SavedView("home", -55.0, 22.0)
_PREVIEW = (800, 600)
_THUMBNAIL = (480, 360)
_PROOF_VIEWS = (1040, 880)
_QUALITY, _PACKED = 88, 3
_MOST_TEXTURES = 8
"""Kept in memory for the next row, by their PNG: panels that rows share."""


@dataclass(frozen=True)
class Product:
    """A row as a design of its own.

    Attributes:
        order: the row.
        state: the design.
        artwork: checked PNG by panel.
        shown: how it is shown.
        blank: what shapes its blank.
        objects: panels with objects taken apart, for files that hold paths.
        bundled: the same for bundles.
    """

    order: RowOrder
    state: PackagingState
    artwork: Mapping[str, bytes]
    shown: Appearance
    blank: DielineOptions
    objects: Mapping[str, ShownObjects] = field(default_factory=dict)
    bundled: Mapping[str, BundledObjects] = field(default_factory=dict)

    @property
    def dieline(self) -> Dieline:
        """Its blank."""
        return make_dieline(self.state.package_type, self.state.package_dimensions, self.blank)

    def findings(self, dpi: float) -> tuple[Finding, ...]:
        """What preflight says of it."""
        return preflight(self.state, self.facts(), self.blank, dpi)

    def facts(self) -> dict[str, PictureFacts]:
        """What preflight has to know of its pictures, and of the objects on them."""
        sizes = panel_sizes(self.state.package_type, self.state.package_dimensions)
        objects = {
            panel_id: facts_of_kept(
                one.kept, sizes[panel_id], self.artwork[panel_id], _dpi(one.artwork, sizes[panel_id])
            )
            for panel_id, one in self.bundled.items()
        }
        return facts_of(CollectedArtwork(self.artwork, {}), {}, objects)


def product_of(order: RowOrder, base: BaseDesign, made: RowArtwork, blank: DielineOptions) -> Product:
    """A row with its artwork as a design: the base's, with the row's type, size, pictures and finish."""
    row = order.row
    package_type: PackageType = row.package_type
    sizes = panel_sizes(package_type, row.dimensions)
    former, on_sheet = base.state.panel_textures, panels_on_blank(package_type, blank.style)
    textures = {
        panel_id: PanelTexture(
            panel_id=panel_id,
            texture_url=panel_id,
            prompt=_words_of(order, panel_id, former, on_sheet),
            generated_at=base.state.updated_at,
            dimensions=printed_size(sizes[panel_id]),
        )
        for panel_id in made.pictures
    }
    changed = {
        "package_type": package_type,
        "package_dimensions": row.dimensions,
        "panel_textures": textures,
        "last_error": None,
    }
    shown = base.appearance or Appearance()
    if row.finish is not None:
        shown = replace(shown, look=replace(shown.look, finish=row.finish))
    state, shown = base.state.model_copy(update=changed), replace(shown, blank=blank)
    return Product(order, state, made.pictures, shown, blank, made.shown, made.bundled)


def _dpi(artwork: bytes, size: FlatSize) -> float | None:
    """Of a panel's picture beneath its objects; None for bare board."""
    return None if is_bare(artwork) else dpi_of(*pixels_of(artwork), size)


def _words_of(
    order: RowOrder, panel_id: str, former: Mapping[str, PanelTexture], on_sheet: Collection[str]
) -> str:
    """What a panel's picture came from: a file of the row, its sheet, a painter, or as in the base design."""
    row = order.row
    if panel_id in row.pictures or (row.sheet and panel_id in on_sheet):
        field = panel_id if panel_id in row.pictures else Field.SHEET
        return imported_note(Path(row.fields[field]).name)  # on other machines files have other names
    if panel_id in order.prompts:
        return order.prompts[panel_id]
    texture = former.get(panel_id)
    return texture.prompt if texture else ""


class OutputWriter:
    """Writes the files of products.

    Args:
        options: of the range.
        draws: whether there is a display to draw on; else there are no pictures in 3D.
        words: those on the base design's pack, where they are known.
        room: of this process, in which everything is drawn.
    """

    def __init__(
        self,
        options: RangeOptions,
        *,
        draws: bool,
        words: PackWords | None = None,
        room: DrawingRoom | None = None,
    ) -> None:
        self._words = words
        self._room = room
        self._draws = draws
        self._decode = lru_cache(_MOST_TEXTURES)(decode_texture)
        self._options = options
        self._flat = FlatOptions(options.colours)

    def names(self, name: str) -> dict[OutputKind, str]:
        """What a row's files are called."""
        return self._options.file_names(name)

    def write(self, product: Product, folder: Path, thumbnail: Path) -> list[str]:
        """Write everything of a product; returns the names of its files.

        Args:
            product: the row.
            folder: where they go.
            thumbnail: where a small picture goes, if there is a display.

        Raises:
            PackdeskError: one cannot be written, and why.
        """
        names = self.names(product.order.name)
        preview = self._drawn(product, names, folder, thumbnail) if self._draws else None
        for kind, name in names.items():
            target = folder / name
            if kind is OutputKind.BUNDLE:
                self._bundle(product, target, preview)
            elif kind is OutputKind.PROOF:
                self._proof(product, target)
            elif kind is not OutputKind.RENDER:
                self._design(product, target, ExportFormat(kind.value))
        return list(names.values())

    def _bundle(self, product: Product, target: Path, preview: bytes | None) -> None:
        row = product.order.row
        words = None if self._words is None else self._words.model_copy(update=row.words)
        write_bundle(
            target,
            product.state,
            product.artwork,
            preview,
            appearance=product.shown,
            words=words,
            objects=product.bundled,
        )

    def _design(self, product: Product, target: Path, kind: ExportFormat) -> None:
        options = ExportOptions(
            product.blank, self._flat, self._options.dpi, model=ModelOptions(look=product.shown.look)
        )
        besides = Besides(objects=product.objects) if kind is ExportFormat.PDF else NOTHING_BESIDES
        name = product.order.name
        write_design(product.state, product.artwork, target, options, besides=besides, kind=kind, name=name)

    def _drawn(
        self, product: Product, names: Mapping[OutputKind, str], folder: Path, thumbnail: Path
    ) -> bytes | None:
        """The picture in 3D where it is wanted, a small one of it for the contact sheet, and a preview."""
        wanted, bundle = OutputKind.RENDER in names, OutputKind.BUNDLE in names
        width, height = self._options.picture_size if wanted else _PREVIEW if bundle else _THUMBNAIL
        target = folder / names[OutputKind.RENDER] if wanted else thumbnail.with_suffix(".png")
        order = PictureOrder(
            product.state,
            (Shot(HOME, target),),
            width,
            height,
            product.shown.look,
            blank=product.blank,
            force=True,
        )
        draw(order, product.artwork, decode=self._decode, room=self._room)
        with Image.open(target) as drawn:
            picture = drawn.copy()
        if not wanted:
            target.unlink(missing_ok=True)
        write_atomically(thumbnail, _as_jpeg(picture))
        if not bundle:
            return None
        picture.thumbnail(_PREVIEW)
        buffer = io.BytesIO()
        picture.save(buffer, "PNG", compress_level=_PACKED)
        return buffer.getvalue()

    def _proof(self, product: Product, target: Path) -> None:
        state, dieline = product.state, product.dieline
        codes = {panel_id: read_codes(png) or () for panel_id, png in product.artwork.items()}
        facts = product.facts()
        views = self._views(product) if self._draws else ()
        known = Known(dieline, facts, codes, product.findings(self._options.dpi), product.shown.look.finish)
        proof = Proof(
            product.order.name,
            hash_of(state, product.shown),
            (state.updated_at or "")[:10],
            Sheet(dieline, product.artwork, sheet_title(state)),
            known,
            views,
        )
        write_proof(proof, target, Words(self._options.language))

    def _views(self, product: Product) -> tuple[bytes, ...]:
        look = replace(product.shown.look, background="#ffffff")
        with (
            tempfile.TemporaryDirectory(prefix="packdesk-") as folder,
            undone_by(partial(remove_tree, folder)),
        ):
            shots = tuple(Shot(view, Path(folder) / f"{view.name}.png") for view in VIEWS)
            order = PictureOrder(product.state, shots, *_PROOF_VIEWS, look, blank=product.blank)
            draw(order, product.artwork, decode=self._decode, room=self._room)
            return tuple(shot.target.read_bytes() for shot in shots)


def _as_jpeg(picture: Image.Image) -> bytes:
    small = picture.copy()
    small.thumbnail(_THUMBNAIL)
    if small.mode != "RGB":
        flat = Image.new("RGB", small.size, "#ffffff")
        flat.paste(small, mask=small.getchannel("A") if "A" in small.getbands() else None)
        small = flat
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()
