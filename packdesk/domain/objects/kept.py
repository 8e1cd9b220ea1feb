"""A recipe with the outlines of its lettering, as one packed text for a file."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from packdesk.domain.objects.lettering import Lettering, lettering_key
from packdesk.domain.objects.recipe import MOST_OBJECTS, Recipe, read_recipe
from packdesk.domain.objects.values import PictureObject
from packdesk.errors import BadRecipeError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_PACKED_BYTES, MOST_BYTES = 16 * 2**20, 64 * 2**20
_Key = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    recipe: str
    lettering: Annotated[dict[_Key, Lettering], Field(max_length=MOST_OBJECTS)] = {}


class KeptObjects(BaseModel):
    """What stands on a panel, ready to be drawn.

    Attributes:
        recipe: the objects.
        lettering: outlines of its texts, by `lettering_key`.
    """

    model_config = ConfigDict(frozen=True)

    recipe: Recipe
    lettering: dict[str, Lettering] = {}

    @classmethod
    def of(cls, recipe: Recipe, lettering: Mapping[str, Lettering]) -> KeptObjects:
        """A recipe with those outlines it uses."""
        keys = {lettering_key(text) for text in recipe.texts}
        used = {key: lettering[key] for key in sorted(keys) if key in lettering}
        return cls(recipe=recipe, lettering=used)

    @property
    def pictures(self) -> tuple[str, ...]:
        """The library pictures it shows."""
        shown = (one.picture for one in self.recipe.objects if isinstance(one, PictureObject))
        return tuple(dict.fromkeys(shown))

    def packed(self) -> bytes:
        """As it is kept; `read_objects` reads it."""
        file = _File(recipe=self.recipe.model_dump_json(), lettering=self.lettering)
        return zlib.compress(file.model_dump_json().encode(), 6)


def read_objects(packed: bytes) -> KeptObjects:
    """What was kept. It may be a stranger's.

    Raises:
        BadRecipeError: it is damaged, too large, or of a newer version.
    """
    try:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(packed[:MOST_PACKED_BYTES], MOST_BYTES)
        if not unpacking.eof:
            raise BadRecipeError("The objects of this panel are damaged.")
        file = _File.model_validate_json(data)
    except (zlib.error, ValidationError) as error:
        raise BadRecipeError("The objects of this panel are damaged.") from error
    return KeptObjects(recipe=read_recipe(file.recipe), lettering=file.lettering)
