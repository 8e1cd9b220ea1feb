"""What the two views draw, from what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.ui.flat.sheet import FlatScene
from packdesk.viewer.scene import Scene, backdrop_of
from packdesk.viewer.unfolding import unfolding_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from packdesk.domain.dieline.values import Dieline
    from packdesk.jobs.seen_pictures import SeenPictures
    from packdesk.ui.theme import Theme
    from packdesk.ui.view.look_bar import LookBar


class Marked(NamedTuple):
    """The panels that are marked in both views.

    Attributes:
        selected: the one that commands are about, if any.
        hovered: the one under the pointer, or ''.
        others: more that are selected in the list, for what can be done with several.
    """

    selected: str | None = None
    hovered: str = ""
    others: tuple[str, ...] = ()

    @property
    def chosen(self) -> tuple[str, ...]:
        """All that are selected, the one that commands for one are about first."""
        return (self.selected, *self.others) if self.selected is not None else ()

    def within(self, panels: Collection[str]) -> Marked:
        """Those that are still there."""
        chosen = [panel_id for panel_id in self.chosen if panel_id in panels]
        hovered = self.hovered if self.hovered in panels else ""
        return Marked(next(iter(chosen), None), hovered, tuple(chosen[1:]))


def view_scene(dieline: Dieline, seen: SeenPictures, marked: Marked, theme: Theme, shown: LookBar) -> Scene:
    """The package in 3D, as the strip below the view says."""
    look = shown.look
    return Scene(
        package_type=dieline.package_type,
        dimensions=dieline.manufacturing,
        textures=seen.images(),
        areas=seen.areas(),
        unstretched=seen.recut(),
        selected=marked.selected,
        others=marked.others,
        hovered=marked.hovered or None,
        backdrop=backdrop_of(look),
        accent=theme.accent,
        finish=look.finish,
        lighting=look.lighting,
        exposure=look.exposure,
        unfolding=unfolding_of(dieline, shown.folded),
    )


def flat_scene(
    dieline: Dieline, seen: SeenPictures, statuses: Mapping[str, str], marked: Marked, theme: Theme
) -> FlatScene:
    """The package laid flat."""
    return FlatScene(
        dieline=dieline,
        pictures=seen.pixmaps(),
        unstretched=seen.recut(),
        selected=marked.selected,
        others=marked.others,
        hovered=marked.hovered or None,
        statuses=statuses,
        theme=theme,
    )
