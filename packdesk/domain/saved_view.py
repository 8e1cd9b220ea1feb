"""A view of the package that was given a name, so that it can be drawn again, also of another size."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field
from pydantic.dataclasses import dataclass

from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_VIEWS = 24
EVERY_PACKAGES = ("home", "front", "back", "left", "right", "top", "bottom")
"""Names of the views every package has."""
NAME_LENGTH = 40
_SAME = 1e-4


def _name(text: str) -> str:
    name = cut(text, NAME_LENGTH).strip()
    if not name:
        raise ValueError("a view needs a name")
    return name


def _finite(value: float) -> float:
    if not isfinite(value):
        raise ValueError("not a number")
    return value


_Share = Annotated[float, Field(ge=0, le=1)]
_Aside = Annotated[float, Field(ge=-10, le=10), AfterValidator(_finite)]


@dataclass(frozen=True)
class SavedView:
    """Where the package is looked at from, measured by the package itself.

    Attributes:
        name: for people, on one line.
        azimuth: degrees around the package, -360 to 360; -90 looks at the front.
        elevation: degrees above the floor, -90 to 90.
        flat: whether it is seen without perspective.
        folded: 0 for the flat blank to 1 for the closed package.
        closer: how many times nearer than where all of it fills the picture.
        aside: how far the middle of the picture is from where it would be then, in longest sides.
    """

    name: Annotated[str, AfterValidator(_name)]
    azimuth: Annotated[float, Field(ge=-360, le=360)]
    elevation: Annotated[float, Field(ge=-90, le=90)]
    flat: bool = False
    folded: _Share = 1.0
    closer: Annotated[float, Field(ge=0.01, le=1000)] = 1.0
    aside: tuple[_Aside, _Aside, _Aside] = (0.0, 0.0, 0.0)

    @property
    def frames_all(self) -> bool:
        """Whether all of the package fills the picture."""
        return abs(self.closer - 1) < _SAME and max(map(abs, self.aside)) < _SAME


def with_view(views: Sequence[SavedView], view: SavedView) -> tuple[SavedView, ...]:
    """The views with one more; it takes the place of another of its name.

    Raises:
        InvalidInputError: there are too many, or every package has a view of that name.
    """
    if view.name in EVERY_PACKAGES:
        raise InvalidInputError(
            Sentence("Every package has a view “{name}”.", name=view.name), "Choose another name."
        )
    named = [view if one.name == view.name else one for one in views]
    if view.name not in [one.name for one in views]:
        named.append(view)
    if len(named) > MOST_VIEWS:
        raise InvalidInputError(
            Sentence("There are {most} saved views already.", most=MOST_VIEWS), "Remove one first."
        )
    return tuple(named)
