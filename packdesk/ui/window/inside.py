"""The inside of the package in the window: the switch to it, and what the views show then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand

from packdesk.jobs.inside_controller import InsideController
from packdesk.ui.artwork.panel_rows import PanelRow, effective_dpi
from packdesk.ui.parts import TIP_LENGTH
from packdesk.ui.spoken import error_text
from packdesk.ui.translation import translate
from packdesk.ui.wording import panel_name, size_text, status_words

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.inside import InsideArt
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.session import Session
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.flat.sheet import FlatScene
    from packdesk.ui.units import Unit
    from packdesk.ui.view.centre import Centre
    from packdesk.viewer.scene import Scene

    Arts = tuple[InsideArt, ...]


class Inside(QObject):
    """Says which side flat view and list show, and shows the inside's pictures in all views.

    Args:
        session: has the pictures.
        actions: of the window; one of them is the switch.
        centre: its flat view has a switch in its corner.
        stack: of undo.

    Attributes:
        active: whether it is the inside.
        artwork: changes it.

    Signals:
        changed: the other side is shown, or other pictures.
    """

    changed = Signal()

    def __init__(self, session: Session, actions: WindowActions, centre: Centre, stack: QUndoStack) -> None:
        super().__init__(centre)
        self._stack, self._action, self._template = stack, actions["inside"], actions["template"]
        self._outside: Dieline | None = None
        self._turned: tuple[Dieline, Dieline] | None = None
        self.active = False
        self.artwork = InsideController(session.bridge, session.artwork, self.outside, self)
        self.switch = centre.side
        self.switch.wanted.connect(self._action.setChecked)
        self._action.toggled.connect(self.show_side)
        self.artwork.changed.connect(self.changed)
        self.artwork.changed_here.connect(self._record)

    def outside(self) -> Dieline | None:
        """The blank from its outside, as it was shown last."""
        return self._outside

    @Slot(bool)
    def show_side(self, inside: bool) -> None:  # noqa: FBT001  (a slot)
        """Show that side."""
        if inside != self.active:
            self.active = inside
            self._template.setEnabled(not inside)  # it is drawn from outside
            self.switch.show_side(inside=inside)
            self.changed.emit()

    def in_space(self, scene: Scene) -> Scene:
        """The package in 3D with what is inside."""
        return replace(scene, inside=self.artwork.pixmaps.images())

    def flat(self, scene: FlatScene) -> FlatScene:
        """The side that is shown of the package laid flat."""
        if self._outside != scene.dieline:
            self._outside = scene.dieline
            self.artwork.look()
        if not self.active:
            return scene
        pictures = self.artwork.pixmaps.pixmaps()
        blank = self._turned_over(scene.dieline)
        return replace(
            scene, dieline=blank, pictures=pictures, statuses={}, unstretched=frozenset(), inside=True
        )

    def rows(self, state: PackagingState, unit: Unit) -> list[PanelRow]:
        """The panels' inside as the list shows them."""
        from packdesk.domain.panels import panel_sizes  # noqa: PLC0415  (few see the inside)

        made = []
        for panel_id, size in panel_sizes(state.package_type, state.package_dimensions).items():
            art, missing = self.artwork.own.get(panel_id), self.artwork.missing.get(panel_id)
            shown = self.artwork.pixmaps.get(panel_id) if art else None
            status = "empty" if art is None else "art" if shown else "missing" if missing else "loading"
            tip = error_text(missing) if missing else art.name if art else ""
            made.append(
                PanelRow(
                    panel_id=panel_id,
                    name=panel_name(panel_id),
                    size=size_text(size, unit),
                    status=status,
                    note=status_words(status),
                    tip=tip[:TIP_LENGTH],
                    thumbnail=shown.thumbnail if shown else None,
                    dpi=effective_dpi(shown, size) if shown else None,
                )
            )
        return made

    def _turned_over(self, dieline: Dieline) -> Dieline:
        """The same object as long as the blank is the same."""
        from packdesk.domain.dieline.inside import seen_from_inside  # noqa: PLC0415  (as above)

        if self._turned is None or self._turned[0] != dieline:
            self._turned = dieline, seen_from_inside(dieline)
        return self._turned[1]

    @Slot(object, object)
    def _record(self, before: Arts, after: Arts) -> None:
        self._stack.push(_InsideStep(self.artwork, before, after))


class _InsideStep(QUndoCommand):
    """Artwork of the inside that was changed."""

    def __init__(self, artwork: InsideController, before: Arts, after: Arts) -> None:
        super().__init__(translate("history", "artwork inside"))
        self._artwork, self._before, self._after = artwork, before, after

    def undo(self) -> None:
        self._artwork.keep(self._before)

    def redo(self) -> None:
        self._artwork.keep(self._after)
