"""The pictures of a row's panels: its own files, painted anew, or the base design's cut to its size."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.objects.running import joined
from packdesk.domain.panels import FlatSize, goes_around, panel_sizes
from packdesk.domain.ranges.naming import OURS
from packdesk.domain.sheet.doubts import why_not_sure
from packdesk.domain.sheet.finding import find_sheet
from packdesk.domain.sheet.placement import piece_on
from packdesk.sentence import Sentence
from packdesk.services.ranges.before import ARTWORK
from packdesk.services.ranges.objects import covered_panel
from packdesk.services.ranges.requests import panel_request, request_name
from packdesk.textures.check import clean_artwork, clean_sheet, picture_data
from packdesk.textures.fitting import fit_picture
from packdesk.textures.recipes import sheet_cut
from packdesk.textures.sheet_cutting import opened_sheet, small_copy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from packdesk.domain.objects.shown import ShownObjects
    from packdesk.domain.request import PanelRequest
    from packdesk.generation.base import Provider
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.objects import CoveredPanel, SetLettering
    from packdesk.services.ranges.orders import RangeOptions, RowOrder
    from packdesk.store.bundle.objects import BundledObjects
    from packdesk.textures.notes import Fit

_MOST_CUTS = 32
"""Kept in memory: the panels of a few sizes."""
_ARTWORK = f"{OURS}/{ARTWORK}"


class SharedArtwork(Protocol):
    """Files that all processes at a range reach; all calls block."""

    def turn(self, name: str) -> AbstractContextManager[object]:
        """While nobody else has the turn of that name; waits for it."""
        ...

    def read(self, name: str) -> bytes:
        """The content of a file.

        Raises:
            OSError: there is none, or it cannot be read.
        """
        ...

    def write(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all.

        Raises:
            OSError: it cannot be written.
        """
        ...


@dataclass(frozen=True)
class RowArtwork:
    """What a row's panels show.

    Attributes:
        pictures: checked PNG by panel.
        notes: what the painter says of them.
        made: how many pictures a provider was asked for.
        shown: panels with objects taken apart, for files that hold paths.
        bundled: the same for bundles.
    """

    pictures: dict[str, bytes] = field(repr=False)
    notes: tuple[Sentence, ...]
    made: int
    shown: Mapping[str, ShownObjects] = field(default_factory=dict, repr=False)
    bundled: Mapping[str, BundledObjects] = field(default_factory=dict, repr=False)


class RangeArtist:
    """Finds or makes the artwork of rows; what rows share is made once, whichever process comes first.

    Args:
        base: the base design.
        provider: who paints.
        options: of the range.
        tables: the folder that names of pictures are meant from.
        shared: keeps artwork that rows have in common.
        letter: sets the lettering of objects.
    """

    def __init__(
        self,
        base: BaseDesign,
        provider: Provider,
        options: RangeOptions,
        *,
        tables: Path,
        shared: SharedArtwork,
        letter: SetLettering,
    ) -> None:
        self._letter = letter
        self._base = base
        self._provider = provider
        self._options = options
        self._tables = tables
        self._shared = shared
        self._cut = lru_cache(_MOST_CUTS)(self._cut_base)

    async def aclose(self) -> None:
        """Let the provider's connections go; more rows may follow."""
        await self._provider.aclose()

    async def artwork(self, order: RowOrder) -> RowArtwork:
        """Everything a row shows.

        Args:
            order: the row.

        Raises:
            PackdeskError: a picture cannot be read or made, and why.
        """
        row = order.row
        sizes = panel_sizes(row.package_type, row.dimensions)
        pictures = dict(await asyncio.to_thread(self._of_files, order, sizes))
        notes: dict[Sentence, None] = {}
        made = 0
        if order.prompts:
            await self._provider.prepare()
        for panel_id, prompt in order.prompts.items():
            painted = await self._painted(order, panel_id, prompt)
            pictures[panel_id] = painted.png
            notes.update(dict.fromkeys(painted.notes))
            made += painted.made
        if row.package_type != self._base.state.package_type:
            return RowArtwork(_in_order(pictures, sizes), tuple(notes), made)
        for panel_id in self._base.pictures.keys() - pictures.keys():
            pictures[panel_id] = self._cut(panel_id, sizes[panel_id].width, sizes[panel_id].height)
        covered = await asyncio.to_thread(self._covered, order, pictures, sizes)
        for panel_id, one in covered.items():
            pictures[panel_id] = one.png
            notes.update(dict.fromkeys(one.notes))
        return RowArtwork(
            _in_order(pictures, sizes),
            tuple(notes),
            made,
            {panel_id: one.shown for panel_id, one in covered.items()},
            {panel_id: one.bundled for panel_id, one in covered.items()},
        )

    def _covered(
        self, order: RowOrder, pictures: Mapping[str, bytes], sizes: Mapping[str, FlatSize]
    ) -> dict[str, CoveredPanel]:
        """The panels on which the base design has objects, with them."""
        base = self._base.objects
        recipes = {panel_id: objects.kept.recipe for panel_id, objects in base.items()}
        laid = joined(order.row.package_type, sizes, recipes)
        return {
            panel_id: covered_panel(
                objects,
                laid[panel_id],
                pictures[panel_id],
                sizes[panel_id],
                fields=order.row.shown,
                dpi=self._options.dpi,
                letter=self._letter,
            )
            for panel_id, objects in base.items()
            if panel_id in pictures
        }

    # --- files of the row

    def _of_files(self, order: RowOrder, sizes: dict[str, FlatSize]) -> dict[str, bytes]:
        row = order.row
        found = self._of_sheet(order, sizes) if row.sheet else {}
        for panel_id, name in row.pictures.items():
            size = sizes[panel_id]
            clean = clean_artwork(picture_data(self._tables / name), size)
            found[panel_id] = self._fitted(clean.png, panel_id, size)
        return found

    def _of_sheet(self, order: RowOrder, sizes: dict[str, FlatSize]) -> dict[str, bytes]:
        row = order.row
        clean, facts = clean_sheet(picture_data(self._tables / row.sheet))
        sheet = opened_sheet(clean.png)
        dieline = make_dieline(row.package_type, row.dimensions, self._options.blank)
        found = find_sheet(facts, np_pixels(small_copy(sheet)), dieline)
        problem = why_not_sure(found, facts, dieline)
        if problem is not None:
            raise problem
        return {
            panel.panel_id: sheet_cut(
                clean.sha256,
                sheet,
                piece_on(panel, found.placement),
                sizes[panel.panel_id],
                dpi=self._options.dpi,
                wraps=goes_around(panel.panel_id),
            ).picture.png
            for panel in found.dieline.panels
        }

    def _fitted(self, png: bytes, panel_id: str, size: FlatSize, fit: Fit = "crop") -> bytes:
        wraps = goes_around(panel_id)
        return fit_picture(png, size, dpi=self._options.dpi, wraps=wraps, fit=fit).picture.png

    def _cut_base(self, panel_id: str, width: float, height: float) -> bytes:
        objects = self._base.objects.get(panel_id)
        png = self._base.pictures[panel_id] if objects is None else objects.artwork.png
        return self._fitted(png, panel_id, FlatSize(width=width, height=height))

    # --- painted

    async def _painted(self, order: RowOrder, panel_id: str, prompt: str) -> _Painted:
        profile = self._provider.profile
        request = panel_request(
            order.row, panel_id, prompt, base=self._base, options=self._options, profile=profile
        )
        if panel_id not in order.shared and not profile.paid:
            return await self._made(request)
        name = f"{_ARTWORK}/{request_name(request, profile.name)}"
        with self._shared.turn(name):
            kept = await asyncio.to_thread(_read_kept, self._shared, name)
            if kept is not None:
                return kept
            made = await self._made(request)
            await asyncio.to_thread(_keep, self._shared, name, made)
            return made

    async def _made(self, request: PanelRequest) -> _Painted:
        picture = await self._provider.generate(request)
        png = await asyncio.to_thread(self._fitted, picture.png, request.panel_id, request.size, "fill")
        notes = tuple(note if isinstance(note, Sentence) else Sentence(note) for note in picture.notes)
        return _Painted(png, notes, 1)


@dataclass(frozen=True)
class _Painted:
    png: bytes = field(repr=False)
    notes: tuple[Sentence, ...]
    made: int


def _in_order(pictures: Mapping[str, bytes], sizes: Mapping[str, FlatSize]) -> dict[str, bytes]:
    return {name: pictures[name] for name in sizes if name in pictures}


def np_pixels(picture: Any) -> Any:
    """(rows, columns, 4) of a picture."""
    import numpy as np  # noqa: PLC0415  (seldom needed)

    return np.asarray(picture)


def _read_kept(shared: SharedArtwork, name: str) -> _Painted | None:
    """What another row has left; the note is written last, so that with it the picture is whole."""
    try:
        told = json.loads(shared.read(f"{name}.json"))
        png = shared.read(f"{name}.png")
        return _Painted(png, tuple(Sentence(one["template"], **one["values"]) for one in told["notes"]), 0)
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _keep(shared: SharedArtwork, name: str, made: _Painted) -> None:
    notes = [{"template": one.template, "values": dict(one.values)} for one in made.notes]
    shared.write(f"{name}.png", made.png)
    shared.write(f"{name}.json", json.dumps({"notes": notes}).encode())
