"""From the session's state to what the two views draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.ui.flat_scene import FlatScene
from packdesk.ui.panel_rows import panel_rows
from packdesk.ui.theme import DARK
from packdesk.viewer.scene import STUDIO_DARK, STUDIO_LIGHT, Scene

if TYPE_CHECKING:
    from packdesk.jobs.session import Session
    from packdesk.ui.theme import Theme


def view_scene(session: Session, theme: Theme, selected: str | None, hovered: str) -> Scene:
    """The package in 3D."""
    state = session.state
    return Scene(
        package_type=state.package_type,
        dimensions=state.package_dimensions,
        textures=session.textures.pixmaps.images(),
        selected=selected,
        hovered=hovered or None,
        backdrop=STUDIO_DARK if theme is DARK else STUDIO_LIGHT,
        accent=theme.accent,
    )


def flat_scene(session: Session, theme: Theme, selected: str | None, hovered: str) -> FlatScene:
    """The package unfolded."""
    state = session.state
    rows = panel_rows(state, session.artwork.job.view, session.textures)
    return FlatScene(
        package_type=state.package_type,
        dimensions=state.package_dimensions,
        pictures=session.textures.pixmaps.pixmaps(),
        selected=selected,
        hovered=hovered or None,
        standings={row.panel_id: row.standing for row in rows},
        theme=theme,
    )
