"""How links fare by what a design shows, and what their files say at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.links import SHEET, LinkView
from packdesk.domain.panels import PANEL_IDS
from packdesk.services.link_troubles import gone, replaced
from packdesk.textures.linked_file import look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.links import Link, LinkState
    from packdesk.domain.state import PackagingState


def state_of(link: Link, design: PackagingState, shown: Mapping[str, str]) -> LinkState:
    """How a link fares by what the design shows (`LinkService.shown`), whatever its file does."""
    if link.target == SHEET:
        if not shown:
            return "resting"
        return "followed" if link.panels_in(shown) else "replaced"
    panel_id = link.target.name
    if panel_id not in PANEL_IDS[design.package_type] or panel_id not in shown:
        return "resting"
    return "followed" if shown[panel_id] in link.works else "replaced"


def seen(link: Link, design: PackagingState, shown: Mapping[str, str]) -> LinkView:
    """A link and how it fares at this moment; blocks.

    Args:
        link: the link.
        design: that it is of.
        shown: as of `state_of`.
    """
    state, panels = state_of(link, design, shown), link.panels_in(shown)
    if state != "followed":
        return LinkView(link, state, replaced(link) if state == "replaced" else None, panels)
    stamp = look(link.path)
    if stamp is None:
        return LinkView(link, "missing", gone(link.path), panels)
    return LinkView(link, state if stamp == link.stamp else "waiting", None, panels)
