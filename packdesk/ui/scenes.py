"""From the state to what the two views draw."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline import Dieline, make_dieline
from packdesk.errors import InvalidInputError
from packdesk.ui.flat.scene import FlatScene
from packdesk.ui.panel_rows import panel_standings
from packdesk.ui.theme import DARK
from packdesk.viewer.scene import Scene
from packdesk.viewer.unfolding import Unfolding

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.generation_controller import JobView
    from packdesk.jobs.texture_loader import TextureLoader
    from packdesk.textures.pixmaps import PixmapMap
    from packdesk.ui.look_bar import LookBar
    from packdesk.ui.theme import Theme


class Marked(NamedTuple):
    """The panels that are marked in both views.

    Attributes:
        selected: the one that commands are about, if any.
        hovered: the one under the pointer, or ''.
    """

    selected: str | None = None
    hovered: str = ""


def view_scene(
    state: PackagingState, pixmaps: PixmapMap, marked: Marked, theme: Theme, shown: LookBar
) -> Scene:
    """The package in 3D, as the strip below the view says."""
    look = shown.look
    return Scene(
        package_type=state.package_type,
        dimensions=state.package_dimensions,
        textures=pixmaps.images(),
        selected=marked.selected,
        hovered=marked.hovered or None,
        backdrop=look.backdrop(dark=theme is DARK),
        accent=theme.accent,
        finish=look.finish,
        lighting=look.lighting,
        exposure=look.exposure,
        unfolding=_unfolding(state.package_type, state.package_dimensions, shown.folded),
    )


def _unfolding(package_type: PackageType, dimensions: Dimensions, folded: float) -> Unfolding | None:
    if folded >= 1:
        return None
    try:
        return Unfolding(_blank(package_type, dimensions), folded)
    except InvalidInputError:
        return None  # another program's sizes may leave no room for the board: the package stays closed


@lru_cache(maxsize=1)
def _blank(package_type: PackageType, dimensions: Dimensions) -> Dieline:
    # The view keeps what it drew last by the blank's identity.
    return make_dieline(package_type, dimensions)


def flat_scene(
    state: PackagingState, job: JobView, textures: TextureLoader, marked: Marked, theme: Theme
) -> FlatScene:
    """The package unfolded."""
    return FlatScene(
        package_type=state.package_type,
        dimensions=state.package_dimensions,
        pictures=textures.pixmaps.pixmaps(),
        selected=marked.selected,
        hovered=marked.hovered or None,
        standings=panel_standings(state, job, textures),
        theme=theme,
    )
