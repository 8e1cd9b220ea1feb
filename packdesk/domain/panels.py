"""The panels of each kind of package and their flat sizes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from packdesk.domain.dimensions import Dimensions, Millimetres, PackageType
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

PANEL_IDS: dict[PackageType, tuple[str, ...]] = {
    "box": ("front", "back", "left", "right", "top", "bottom"),
    "cylinder": ("body", "top", "bottom"),
}

LEAD_PANEL: dict[PackageType, str] = {"box": "front", "cylinder": "body"}
"""The panel that carries the name; the others follow its design."""


def first_panel(package_type: PackageType, panel_ids: Sequence[str]) -> str:
    """Which of these panels is made before the others: the lead where it is among them."""
    lead = LEAD_PANEL[package_type]
    return lead if lead in panel_ids else panel_ids[0]


_NEIGHBOURS: dict[str, tuple[str, ...]] = {
    "front": ("right", "left", "top", "bottom"),
    "back": ("right", "left", "top", "bottom"),
    "left": ("front", "back", "top", "bottom"),
    "right": ("front", "back", "top", "bottom"),
    "top": ("front", "right", "back", "left"),
    "bottom": ("front", "right", "back", "left"),
}


class FlatSize(BaseModel):
    """Width and height of a flat panel in millimetres."""

    model_config = ConfigDict(frozen=True, extra="allow")

    width: Millimetres
    height: Millimetres


def panel_sizes(package_type: PackageType, dimensions: Dimensions) -> dict[str, FlatSize]:
    """Flat size of every panel, in the package's panel order."""
    width, height, depth = dimensions.as_tuple()
    if package_type == "cylinder":
        disc = FlatSize(width=width, height=width)
        return {"body": FlatSize(width=math.pi * width, height=height), "top": disc, "bottom": disc}
    face, side, lid = (
        FlatSize(width=width, height=height),
        FlatSize(width=depth, height=height),
        FlatSize(width=width, height=depth),
    )
    return {"front": face, "back": face, "left": side, "right": side, "top": lid, "bottom": lid}


SAME_SHAPE = 0.01
"""A picture stretched by less is not seen to be."""


def stretch_of(size: FlatSize, width: float, height: float) -> float:
    """How much longer a picture becomes one way than the other when it fills a panel: 0 for not at all.

    What is not seen, and what comes from whole numbers of pixels, counts as nothing.

    Args:
        size: of the panel.
        width: of the picture in pixels.
        height: of the picture in pixels.
    """
    wideness = (width / height) / (size.width / size.height)
    stretch = max(wideness, 1 / wideness) - 1
    return stretch if stretch > SAME_SHAPE + 1 / min(width, height) else 0.0


def share_unstretched(size: FlatSize, width: float, height: float) -> tuple[float, float]:
    """Shares of a panel's width and height that a picture takes in its middle when all of it is shown.

    Arguments as of `stretch_of`.
    """
    if not stretch_of(size, width, height):
        return 1.0, 1.0
    wideness = (width / height) / (size.width / size.height)
    return min(wideness, 1.0), min(1 / wideness, 1.0)


def volume(package_type: PackageType, dimensions: Dimensions) -> float:
    """The volume of a package with these sides, in cubic millimetres."""
    round_share = math.pi / 4 if package_type == "cylinder" else 1.0
    return math.prod(dimensions.as_tuple()) * round_share


def neighbours(package_type: PackageType, panel_id: str) -> tuple[str, ...]:
    """The panels that share an edge with this one, the most visible first."""
    if package_type == "cylinder":
        return ("top", "bottom") if panel_id == "body" else ("body",)
    return _NEIGHBOURS[panel_id]


def goes_around(panel_id: str) -> bool:
    """Whether the left and right edges of a panel meet on the package: a cylinder's body is one strip."""
    return panel_id == "body"


def check_panel(package_type: PackageType, panel_id: str) -> str:
    """Return the panel id if the package has such a panel.

    Raises:
        InvalidInputError: it has not.
    """
    known = PANEL_IDS[package_type]
    if panel_id not in known:
        raise InvalidInputError(
            Sentence("A {package} has no panel “{text}”.", package=package_type, text=panel_id[:40]),
            Sentence("Its panels are {panels}.", panels=", ".join(known)),
        )
    return panel_id
