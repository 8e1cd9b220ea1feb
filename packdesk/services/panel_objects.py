"""Panels with objects, one after the other; one that cannot be read holds up no other."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from packdesk.errors import PackdeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.state import PackagingState, PanelTexture

T = TypeVar("T")
_log = logging.getLogger(__name__)


def of_panels(
    state: PackagingState, read: Callable[[PanelTexture], T | None], otherwise: str
) -> dict[str, T]:
    """What is read of each panel that has it, by panel.

    Args:
        state: the design.
        read: of a panel's texture; may raise a `PackdeskError`.
        otherwise: for the log: what becomes of the objects then.
    """
    found = {}
    for panel_id, texture in state.panel_textures.items():
        try:
            one = read(texture)
        except PackdeskError as error:
            _log.warning("The objects of %s %s: %s", panel_id, otherwise, error.sentence)
            continue
        if one is not None:
            found[panel_id] = one
    return found
