"""What stands on one panel, from the bottom to the top, as it is kept: version, panel size, objects."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from packdesk.domain.objects.values import PanelObject, Text
from packdesk.errors import BadRecipeError, InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from packdesk.domain.panels import FlatSize

VERSION = 1
MOST_OBJECTS = 1000
MOST_RECIPE_BYTES = 4 * 2**20
_Side = Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)]


class Recipe(BaseModel):
    """The objects of one panel.

    Attributes:
        version: of this layout.
        panel: width and height of the panel they were laid out for, in millimetres.
        objects: from the bottom to the top; no two have the same id.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    panel: tuple[_Side, _Side]
    objects: Annotated[tuple[PanelObject, ...], Field(max_length=MOST_OBJECTS)] = ()

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if len({one.id for one in self.objects}) < len(self.objects):
            raise ValueError("an id twice")
        return self

    @classmethod
    def empty(cls, size: FlatSize) -> Self:
        """Nothing yet, on a panel of that size."""
        return cls(panel=(size.width, size.height))

    @property
    def ids(self) -> tuple[str, ...]:
        """Of all objects, from the bottom to the top."""
        return tuple(one.id for one in self.objects)

    @property
    def texts(self) -> tuple[Text, ...]:
        """All lettering."""
        return tuple(one for one in self.objects if isinstance(one, Text))

    def get(self, object_id: str) -> PanelObject:
        """The object of that id.

        Raises:
            InvalidInputError: there is none.
        """
        for one in self.objects:
            if one.id == object_id:
                return one
        raise InvalidInputError(
            Sentence("There is no object “{text}” on this panel.", text=object_id[:40]),
            "Look at the list of objects: somebody may have removed it.",
        )

    def with_objects(self, objects: tuple[PanelObject, ...]) -> Self:
        """The same panel with other objects.

        Raises:
            InvalidInputError: they are too many.
        """
        if len(objects) > MOST_OBJECTS:
            raise InvalidInputError(
                Sentence("A panel holds at most {most} objects.", most=MOST_OBJECTS), "Remove some first."
            )
        return self.model_copy(update={"objects": objects})


def put(*objects: PanelObject) -> Callable[[Recipe], Recipe]:
    """Objects in place of those with the same id; new ones come on top."""

    def edit(recipe: Recipe) -> Recipe:
        new = {one.id: one for one in objects}
        kept = tuple(new.pop(one.id, one) for one in recipe.objects)
        return recipe.with_objects((*kept, *new.values()))

    return edit


def remove(*object_ids: str) -> Callable[[Recipe], Recipe]:
    """Objects taken off; those that went already are none the less gone."""
    return lambda recipe: recipe.with_objects(
        tuple(one for one in recipe.objects if one.id not in object_ids)
    )


def moved_to(object_id: str, place: int) -> Callable[[Recipe], Recipe]:
    """An object at another place of the order, 0 for the bottom; beyond an end, at that end."""

    def edit(recipe: Recipe) -> Recipe:
        one = recipe.get(object_id)
        rest = [other for other in recipe.objects if other.id != object_id]
        rest.insert(max(0, place), one)
        return recipe.with_objects(tuple(rest))

    return edit


def raised(object_ids: Collection[str], steps: int) -> Callable[[Recipe], Recipe]:
    """Objects each one higher (1) or lower (-1), in the order they have; those at that end stay there."""

    def edit(recipe: Recipe) -> Recipe:
        order = list(recipe.objects[::-steps])  # the end they move to comes first
        for place in range(1, len(order)):
            if order[place].id in object_ids and order[place - 1].id not in object_ids:
                order[place - 1], order[place] = order[place], order[place - 1]
        return recipe.with_objects(tuple(order[::-steps]))

    return edit


def brought(object_ids: Collection[str], *, front: bool) -> Callable[[Recipe], Recipe]:
    """Objects above all others, or below them, in the order they have."""

    def edit(recipe: Recipe) -> Recipe:
        some = tuple(one for one in recipe.objects if one.id in object_ids)
        rest = tuple(one for one in recipe.objects if one.id not in object_ids)
        return recipe.with_objects((*rest, *some) if front else (*some, *rest))

    return edit


def new_id(kind: str) -> str:
    """An id nobody else has, such as `text-1f0c93ab`: others may put objects on the panel meanwhile."""
    return f"{kind}-{secrets.token_hex(4)}"


def free_id(recipe: Recipe, kind: str) -> str:
    """A new id that says what it names, such as `text-2`, for an object that is put on this very recipe."""
    number = 1 + sum(one.kind == kind for one in recipe.objects)
    while f"{kind}-{number}" in recipe.ids:
        number += 1
    return f"{kind}-{number}"


def read_recipe(data: bytes | str) -> Recipe:
    """The recipe somebody kept. It may be a stranger's.

    Raises:
        BadRecipeError: it is damaged, or of a newer version.
    """
    if len(data) > MOST_RECIPE_BYTES:
        raise BadRecipeError("The objects of this panel are more than can be read.")
    try:
        return Recipe.model_validate_json(data)
    except ValidationError as error:
        if _is_newer(data):
            raise BadRecipeError(
                "The objects of this panel were made by a newer version of packdesk.",
                "Update packdesk to edit them. The panel stays as it is, as a picture.",
            ) from error
        raise BadRecipeError("The objects of this panel are damaged.") from error


def _is_newer(data: bytes | str) -> bool:
    try:
        version = json.loads(data).get("version")
    except (ValueError, AttributeError, RecursionError):
        return False
    return isinstance(version, int) and version > VERSION
