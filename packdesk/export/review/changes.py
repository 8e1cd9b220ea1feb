"""An earlier version beside the one that is reviewed: what was another, and where."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packdesk.domain.panels import panel_sizes
from packdesk.export.review.pictures import web_pictures
from packdesk.textures.comparing import WHOLE, changed_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.state import PackagingState
    from packdesk.textures.comparing import Place

MOST_EARLIER_BYTES = 1_800_000
"""Of the earlier pictures together."""


@dataclass(frozen=True)
class Earlier:
    """An earlier version.

    Attributes:
        name: for people.
        state: the design then.
        artwork: checked PNG by panel.
    """

    name: str
    state: PackagingState
    artwork: Mapping[str, bytes]


def earlier_values(earlier: Earlier, dieline: Dieline, artwork: Mapping[str, bytes]) -> dict[str, Any]:
    """What a page is told of it. Slow.

    A picture is None where it is the one of today; panels that were bare have none.

    Args:
        earlier: the version before.
        dieline: the blank of today.
        artwork: checked PNG of today by panel.

    Raises:
        BadPictureError: one cannot be decoded.
    """
    state = earlier.state
    told: dict[str, Any] = {"name": earlier.name, "type": None, "size": None, "places": [], "pictures": {}}
    if state.package_type != dieline.package_type:
        return told | {"type": state.package_type}
    if state.package_dimensions.as_tuple() != dieline.dimensions.as_tuple():
        width, height, depth = state.package_dimensions.as_tuple()
        told["size"] = [width, height, *([depth] if state.package_type == "box" else [])]
    panels = list(panel_sizes(state.package_type, state.package_dimensions))
    changed = {
        panel_id: png
        for panel_id in panels
        if (png := earlier.artwork.get(panel_id)) is not None and png != artwork.get(panel_id)
    }
    encoded = {
        panel_id: base64.b64encode(picture).decode("ascii")
        for panel_id, picture in web_pictures(changed, MOST_EARLIER_BYTES).items()
    }
    told["pictures"] = {panel_id: encoded.get(panel_id) for panel_id in panels if panel_id in earlier.artwork}
    told["places"] = [
        {"panel": panel_id, **place._asdict()}
        for panel_id in panels
        for place in _places(earlier.artwork.get(panel_id), artwork.get(panel_id))
    ]
    return told


def _places(before: bytes | None, after: bytes | None) -> Iterator[Place]:
    if before is None or after is None:
        if before is not after:
            yield WHOLE
    else:
        yield from changed_places(before, after)
