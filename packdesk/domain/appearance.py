"""How a design is shown: what its maker chose besides sizes and artwork, and what a reviewer is to see.

The shared document keeps to its own fields, so this stands beside it, on this machine and in bundles.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from packdesk.domain.area_finish import MOST_AREAS, AreaFinish
from packdesk.domain.dieline.build import check_option_ranges
from packdesk.domain.dieline.values import DielineOptions  # noqa: TC001  (pydantic reads the annotations)
from packdesk.domain.inside import MOST_INSIDE, InsideArt
from packdesk.domain.look import Look
from packdesk.domain.saved_view import MOST_VIEWS, SavedView
from packdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

PRESENT_VIEW = "present"
"""Name of the view a design is looked at from just now."""


@dataclass(frozen=True)
class Appearance:
    """What is kept with a design.

    Attributes:
        look: how it is photographed.
        view: where it is looked at from, and how far it is folded; None as at first.
        blank: what shapes its blank; None as the shop has set it.
        views: those that were given names.
        areas: finishes on parts of panels.
        inside: artwork on the inside of panels.
    """

    look: Look = field(default_factory=Look)
    view: SavedView | None = None
    blank: DielineOptions | None = None
    views: Annotated[tuple[SavedView, ...], Field(max_length=MOST_VIEWS)] = ()
    areas: Annotated[tuple[AreaFinish, ...], Field(max_length=MOST_AREAS)] = ()
    inside: Annotated[tuple[InsideArt, ...], Field(max_length=MOST_INSIDE)] = ()

    def __post_init__(self) -> None:
        """Check the values."""
        if self.blank is not None:
            check_option_ranges(self.blank)


def shown_with_kept(shown: Appearance, kept: Appearance) -> Appearance:
    """How a window shows a design, with what it does not set: named views, finishes by area, the inside."""
    return replace(shown, views=kept.views, areas=kept.areas, inside=kept.inside)


@cache
def _adapter() -> TypeAdapter[Appearance]:
    return TypeAdapter(
        Appearance
    )  # made when it is first needed: a window's first frame is not delayed by it


def appearance_values(appearance: Appearance) -> dict[str, Any]:
    """It for JSON."""
    values: dict[str, Any] = _adapter().dump_python(appearance, mode="json")
    return values


def read_appearance(values: Mapping[str, Any] | bytes) -> Appearance:
    """It as it was kept, from values or JSON.

    Raises:
        ValueError: it is none.
    """
    try:
        if isinstance(values, bytes):
            return _adapter().validate_json(values)
        return _adapter().validate_python(values)
    except InvalidInputError as error:
        raise ValueError(error.sentence) from None
    except ValidationError as error:
        raise ValueError(f"{error.error_count()} values are none") from None
