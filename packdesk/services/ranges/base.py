"""The base design of a range: a bundle, read once in every process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from packdesk.domain.objects.values import Barcode
from packdesk.domain.pack_words import words_in
from packdesk.domain.ranges.fields import WORDS, Field
from packdesk.domain.ranges.filling import fields_in, fields_of
from packdesk.domain.ranges.following import following
from packdesk.errors import BundleError
from packdesk.sentence import Sentence
from packdesk.services.room import rooms_of
from packdesk.store.bundle.files import read_bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from packdesk.domain.appearance import Appearance
    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.objects.symbology import Symbology
    from packdesk.domain.pack_words import PackWords
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.request import Room
    from packdesk.domain.state import PackagingState
    from packdesk.store.bundle.objects import ReadObjects

_MOST_ROOMS = 1024
"""Panels and sizes whose room is known; every row asks for it several times."""


@dataclass(frozen=True)
class BaseDesign:
    """What the products of a range have in common.

    Attributes:
        state: the design.
        pictures: checked PNG by panel.
        appearance: how it is shown; None where its file does not say.
        words: those on its pack; None where its file does not say.
        objects: what lies over its pictures, by panel; lines that are a word on its pack are that field.
    """

    state: PackagingState
    pictures: Mapping[str, bytes]
    appearance: Appearance | None
    words: PackWords | None
    objects: Mapping[str, ReadObjects] = field(default_factory=dict)

    @cached_property
    def content(self) -> str:
        """Names all that products have of it, whoever wrote the file and when."""
        state, shown = self.state, self.appearance
        objects = {
            name: (one.kept.model_dump_json(), one.artwork.sha256, one.dpi, one.wraps, sorted(one.pictures))
            for name, one in sorted(self.objects.items())
        }
        told = (
            state.package_type,
            state.package_dimensions,
            {name: one.prompt for name, one in sorted(state.panel_textures.items())},
            {name: hashlib.sha256(png).hexdigest() for name, png in sorted(self.pictures.items())},
            # Not its view: rows are looked at from where all are.
            shown and (shown.look, shown.blank, shown.areas, shown.inside),
            self.words,
            objects,
        )
        return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()

    @cached_property
    def in_objects(self) -> frozenset[str]:
        """The fields that objects show, so that no painter letters them."""
        return frozenset().union(*(fields_in(one.kept.recipe) for one in self.objects.values()))

    @property
    def numbered(self) -> frozenset[Symbology]:
        """The kinds of codes among the objects that take the number of a row."""
        objects = (one for laid in self.objects.values() for one in laid.kept.recipe.objects)
        codes = (one for one in objects if isinstance(one, Barcode) and Field.CODE in fields_of(one))
        return frozenset(one.symbology for one in codes)

    def by_objects(self, package_type: PackageType) -> set[str]:
        """Fields of `PackWords` that objects show in place of a painter; they lie on the base's type only."""
        if package_type != self.state.package_type:
            return set()
        return {name for field, name in WORDS.items() if field in self.in_objects}

    def in_objects_only(self, package_type: PackageType, prompt: str) -> set[str]:
        """Those of them that were not painted besides, by this prompt: no panel is lettered with them."""
        return self.by_objects(package_type) - self.painted_words(prompt).said().keys()

    def unpainted(self, package_type: PackageType, panel_id: str, prompt: str) -> set[str]:
        """Those of them that no painter letters a panel with."""
        if self._is_lettered(package_type, panel_id):
            return self.by_objects(package_type)
        return self.in_objects_only(package_type, prompt)

    def room(self, package_type: PackageType, panel_id: str, size: FlatSize) -> tuple[Room, ...]:
        """What a painter leaves to objects that show fields, at the size a row has their panel."""
        return self._rooms(panel_id, size) if self._is_lettered(package_type, panel_id) else ()

    def _is_lettered(self, package_type: PackageType, panel_id: str) -> bool:
        """Whether objects of a panel show fields."""
        laid = self.objects.get(panel_id) if package_type == self.state.package_type else None
        return laid is not None and bool(fields_in(laid.kept.recipe))

    @cached_property
    def _rooms(self) -> Callable[[str, FlatSize], tuple[Room, ...]]:
        return lru_cache(_MOST_ROOMS)(lambda panel_id, size: rooms_of(self.objects[panel_id].kept, size))

    def painted_words(self, prompt: str) -> PackWords:
        """What was lettered on panels of this prompt, as far as anybody knows."""
        return words_in(prompt) if self.words is None else self.words


def read_base(file: Path) -> BaseDesign:
    """Read a base design. Blocks.

    Raises:
        BundleError: it is no bundle, or something in it is damaged: a thousand products would be.
    """
    contents = read_bundle(file)
    if contents.damages:
        raise BundleError(
            Sentence("The base design is damaged. {damage}", damage=contents.damages[0]),
            "Open it, mend it, and save it again.",
        )
    pictures = {panel_id: picture.clean.png for panel_id, picture in contents.pictures.items()}
    objects = {name: _following(one, contents.words) for name, one in contents.objects.items()}
    return BaseDesign(contents.state, pictures, contents.appearance, contents.words, objects)


def _following(objects: ReadObjects, words: PackWords | None) -> ReadObjects:
    recipe = following(objects.kept.recipe, words)
    return replace(objects, kept=objects.kept.model_copy(update={"recipe": recipe}))
