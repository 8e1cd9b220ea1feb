"""Artwork put below what lies on panels: objects that somebody changes meanwhile are not lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.state import utc_text
from packdesk.errors import StoreBusyError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from packdesk.domain.state import PackagingState, PanelTexture
    from packdesk.services.shared_state import SharedState

MOST_ATTEMPTS = 20


class _ShownMeanwhile(Exception):  # noqa: N818  (nobody hears of it: all is made again)
    """A panel shows something else by now."""


def _shown(state: PackagingState, panel_id: str) -> str:
    texture = state.panel_textures.get(panel_id)
    return "" if texture is None else texture.texture_url


async def put_below(
    shared: SharedState,
    state: PackagingState,
    cut: Callable[[PackagingState], Awaitable[Mapping[str, PanelTexture]]],
) -> PackagingState:
    """Put textures on panels in one write, made anew where a panel shows something else by then.

    Args:
        shared: the design.
        state: the design they are made for.
        cut: makes them: the new artwork below the objects that a design has.

    Raises:
        PackageChangedError: the package became another type meanwhile.
        StoreBusyError: others changed the panels every time.
    """
    package_type = state.package_type
    for _ in range(MOST_ATTEMPTS):
        textures, began, now = await cut(state), state, utc_text()

        def mutate(current: PackagingState) -> PackagingState:
            transitions.check_type(current, package_type)
            if any(_shown(current, name) != _shown(began, name) for name in textures):  # noqa: B023  (called before the next round)
                raise _ShownMeanwhile
            return transitions.put_textures(current, package_type, textures, now)  # noqa: B023  (as above)

        try:
            return await shared.commit(mutate)
        except _ShownMeanwhile:
            state = await shared.load()
            transitions.check_type(state, package_type)
    raise StoreBusyError("Other programs kept changing the design, so the edit was not saved.")
