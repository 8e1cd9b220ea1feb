"""Why a row cannot pass, told before anything is made: what its words, codes and pictures say already.

What would fail a row once it is made (`batch/making.py`) is looked for without painting it: labels are set
without their patterns, objects without their panels, of pictures only the size is read. What only the
finished file shows is left to the reading back.
"""

from __future__ import annotations

import logging
import struct
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from packdesk.domain.dieline.structures import panels_on_blank
from packdesk.domain.objects.anchoring import laid_on
from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.lettering import lettering_key
from packdesk.domain.panels import goes_around, panel_sizes
from packdesk.domain.preflight.artwork_rules import least_dpi
from packdesk.domain.preflight.findings import Level
from packdesk.domain.preflight.object_rules import ObjectFacts, object_findings
from packdesk.domain.prompts import is_prompt
from packdesk.domain.ranges.fields import WORDS, Field
from packdesk.domain.ranges.filling import fields_in, fields_of, filled
from packdesk.domain.ranges.table import CellProblem
from packdesk.errors import InvalidInputError, PackdeskError
from packdesk.sentence import Sentence
from packdesk.services.ranges.objects import cut_off_words, fitted_to_row, left_out_words
from packdesk.services.ranges.requests import panel_request, request_name
from packdesk.textures.fitting import crop_to_fill
from packdesk.textures.headers import why_unusable
from packdesk.textures.objects.bare import is_bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from packdesk.domain.objects.lettering import Lettering
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject
    from packdesk.domain.ranges.mapping import ColumnMapping
    from packdesk.domain.request import PanelRequest
    from packdesk.generation.base import ProviderProfile
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RangeOptions, RowOrder

MOST_TRIED = 2000
"""Panels, each in some milliseconds; of rows behind them it is told as they are made."""
_SAMPLE = "4006381333931"
"""Stands for every number: all EAN-13 are as wide."""
_KEPT = 20_000
_PIXELS = ("PNG", "JPEG", "WEBP")
_ORIENTATION, _ON_ITS_SIDE = 0x0112, 5
"""EXIF's tag, and the first of its values that turn a picture by a quarter."""
_OTHER_WORDS = Sentence("Use other words, or shorter ones.")
_OTHER_SIZE = Sentence("Use shorter words or a larger package, or move the text in the base design.")
_log = logging.getLogger(__name__)


class Foresight:
    """Looks at rows of one base design; what it has seen it remembers. Needs a Qt application.

    Args:
        base: the base design.
        profile: who paints.
        options: how rows are made.
        tables: the folder that names of pictures are meant from.
        most: panels that are tried in all.
    """

    def __init__(
        self,
        base: BaseDesign,
        profile: ProviderProfile,
        options: RangeOptions,
        tables: Path,
        *,
        most: int = MOST_TRIED,
    ) -> None:
        self._base, self._profile, self._options = base, profile, options
        self._tables = tables
        self._left = most
        self._labels: dict[str, _Label] = {}
        self._seen: dict[object, tuple[tuple[str, PackdeskError], ...]] = {}
        self._pixels = lru_cache(_KEPT)(pixels_of)
        self._why_unusable = lru_cache(_KEPT)(why_unusable)

    def problems(self, order: RowOrder, mapping: ColumnMapping) -> Iterator[CellProblem]:
        """Everything that is sure to fail a row, each thing once."""
        told: dict[tuple[str, str], CellProblem] = {}
        found = (*self._unusable(order), *self._painted(order), *self._objects(order), *self._coarse(order))
        for field, error in found:
            column = mapping.heading(field) if field in mapping.places else ""
            told.setdefault((column, error.sentence), CellProblem(order.row.number, column, error))
        return iter(told.values())

    # --- labels of panels that are painted here

    def _painted(self, order: RowOrder) -> Iterator[tuple[str, PackdeskError]]:
        if self._profile.name != "offline":
            return
        modules: list[float] = []
        for panel_id, prompt in order.prompts.items():
            request = panel_request(
                order.row, panel_id, prompt, base=self._base, options=self._options, profile=self._profile
            )
            label = self._label(request)
            if label is None:
                return
            yield from ((_field_of(order, note), _mendable(note)) for note in label.notes)
            modules.append(label.module_px)
        own = bool(order.row.pictures or order.row.sheet) or "barcode" in self._base.by_objects(
            order.row.package_type
        )
        if order.row.code and modules and not own and max(modules) < 1:
            yield Field.CODE, _too_small(self._options.dpi)

    def _label(self, request: PanelRequest) -> _Label | None:
        """What becomes of a panel's words and bars; None where no more are tried."""
        if request.words and request.words.barcode:
            words = request.words.model_copy(update={"barcode": _SAMPLE})
            request = request.model_copy(update={"words": words})
        name = request_name(request, self._profile.name)
        if name not in self._labels:
            if self._left <= 0:
                return None
            self._left -= 1
            self._labels[name] = _tried(request)
        return self._labels[name]

    # --- objects

    def _objects(self, order: RowOrder) -> Iterator[tuple[str, PackdeskError]]:
        if order.row.package_type != self._base.state.package_type:
            return
        sizes = panel_sizes(order.row.package_type, order.row.dimensions)
        for panel_id, objects in self._base.objects.items():
            recipe = laid_on(objects.kept.recipe, sizes[panel_id])
            said = order.row.shown
            shown = {field: said[field] for field in sorted(fields_in(recipe)) if field in said}
            key = panel_id, sizes[panel_id].width, sizes[panel_id].height, tuple(shown.items())
            if key not in self._seen:
                if self._left <= 0:
                    return
                self._left -= 1
                there = objects.kept.lettering
                self._seen[key] = tuple(_wrong_objects(recipe, shown, there, self._options.blank.safe))
            yield from self._seen[key]

    # --- pictures

    def _unusable(self, order: RowOrder) -> Iterator[tuple[str, PackdeskError]]:
        """Files whose beginning says that they are no picture, or none that can be used."""
        for field, name in order.row.files.items():
            error = self._why_unusable(self._tables / name)
            if error is not None:
                yield field, error

    @cached_property
    def _base_pixels(self) -> dict[str, tuple[int, int] | None]:
        """Of the base design's artwork, without the objects over it; None for bare board."""
        below = {panel_id: one.artwork.png for panel_id, one in self._base.objects.items()}
        pictures = {**self._base.pictures, **below}
        bare = {panel_id for panel_id, png in below.items() if is_bare(png)}
        return {panel_id: None if panel_id in bare else png_pixels(png) for panel_id, png in pictures.items()}

    def _coarse(self, order: RowOrder) -> Iterator[tuple[str, PackdeskError]]:
        """Files and panels of the base design that have too few pixels for the row's size."""
        row = order.row
        sizes = panel_sizes(row.package_type, row.dimensions)
        printed = panels_on_blank(row.package_type, self._options.blank.style)
        found = {panel_id: self._pixels(self._tables / name) for panel_id, name in row.pictures.items()}
        if row.package_type == self._base.state.package_type and not row.sheet:
            kept = self._base.pictures.keys() - found.keys() - order.prompts.keys()
            found |= {panel_id: self._base_pixels[panel_id] for panel_id in kept}
        for panel_id in sizes:
            pixels = found.get(panel_id)
            if pixels is None or panel_id not in printed:
                continue
            size = sizes[panel_id]
            crop = crop_to_fill(*pixels, size, wraps=goes_around(panel_id), mirrors=False)
            dpi = round(crop.dpi(*pixels, size))
            if dpi < least_dpi(size):
                field = panel_id if panel_id in row.pictures else ""
                texture = None if field else self._base.state.panel_textures.get(panel_id)
                painted = texture is not None and is_prompt(texture.prompt)
                yield field, _too_coarse(panel_id, dpi, least_dpi(size), painted=painted)


class _Label(NamedTuple):
    """What is lost of words on a panel, and pixels the narrowest bar has; 0 where there are none."""

    notes: tuple[Sentence, ...]
    module_px: float


def _tried(request: PanelRequest) -> _Label:
    from packdesk.generation.offline.panels import label_tried  # noqa: PLC0415  (brings Qt)
    from packdesk.generation.offline.telling import is_loss  # noqa: PLC0415  (likewise)

    label = label_tried(request)
    notes = (note if isinstance(note, Sentence) else Sentence(note) for note in label.notes)
    return _Label(tuple(note for note in notes if is_loss(note)), label.module_px)


def _wrong_objects(
    recipe: Recipe, shown: Mapping[str, str], there: Mapping[str, Lettering], safe: float
) -> Iterator[tuple[str, PackdeskError]]:
    """What of a panel's objects fails a row that says this; each with the field it shows."""
    from packdesk.textures.objects.shaping import set_lettering  # noqa: PLC0415  (brings Qt)

    asked = {one.id: one for one in recipe.objects}
    fields = {name: next(iter(fields_of(one)), "") for name, one in asked.items()}
    made: list[PanelObject] = []
    for one in filled(recipe, shown).objects:
        try:
            made.append(fitted_to_row(one, asked[one.id], set_lettering))
        except PackdeskError as error:
            yield fields[one.id], error
            return
    done = recipe.with_objects(tuple(made))
    new = {lettering_key(text): text for text in done.texts if lettering_key(text) not in there}
    texts = list(new.values())
    kept = KeptObjects.of(done, {**there, **set_lettering(texts)})
    words = [(one, _OTHER_WORDS) for one in left_out_words(kept.lettering, texts)]
    words += [(one, _OTHER_SIZE) for one in cut_off_words(done, kept.lettering, texts)]
    for (text, sentence), remedy in words:
        yield fields[text.id], InvalidInputError(sentence, remedy)
    if not words:  # which the findings would tell once more
        for finding in object_findings({"": ObjectFacts(kept)}, safe):
            if finding.level is Level.ERROR:
                yield "", InvalidInputError(finding.sentence, finding.remedy)


def _field_of(order: RowOrder, note: Sentence) -> str:
    """The field whose words a note is about."""
    text = str(note.values.get("text", ""))
    said = ((field, order.row.words.get(name, "")) for field, name in WORDS.items())
    return next((field for field, words in said if text and text in words), "")


def _mendable(note: Sentence) -> InvalidInputError:
    return InvalidInputError(note, _OTHER_WORDS)


def _too_small(dpi: float) -> InvalidInputError:
    return InvalidInputError(
        Sentence(
            "The barcode is too small to be read: its bars have less than a pixel at {dpi:g} dpi.", dpi=dpi
        ),
        "Make the package larger, or the resolution finer.",
    )


def _too_coarse(panel_id: str, dpi: int, least: int, *, painted: bool) -> InvalidInputError:
    remedy = "Give the row a prompt, and it is painted for its size."
    return InvalidInputError(
        Sentence(
            "The picture of the {panel} panel is too coarse for print: {dpi} dpi.", panel=panel_id, dpi=dpi
        ),
        remedy if painted else Sentence("Use a larger picture: at least {least} dpi.", least=least),
    )


def pixels_of(file: Path) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG or WebP as it is seen; None of other kinds, and where it is damaged."""
    try:
        with Image.open(file, formats=_PIXELS) as opened:
            return _upright_size(opened)
    except Exception as error:  # noqa: BLE001  (a hostile file: what it is is told when its row is made)
        _log.info("%s is not looked at: %s", file, error)
        return None


def png_pixels(png: bytes) -> tuple[int, int]:
    """Width and height of a checked PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _upright_size(opened: Image.Image) -> tuple[int, int]:
    turned = opened.getexif().get(_ORIENTATION, 1) >= _ON_ITS_SIDE
    return (opened.height, opened.width) if turned else opened.size
