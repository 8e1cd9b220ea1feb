"""Objects in a window: their dock, made when it is opened first, and marks over the views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal, Slot

from packdesk.jobs.object_controller import ObjectController
from packdesk.ui.translation import translate
from packdesk.ui.units import MM
from packdesk.ui.window.dock_title import titled_dock
from packdesk.ui.window.late_dock import LatePlace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QMainWindow

    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.pack_words import PackWords
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.session import Session
    from packdesk.textures.images import WidgetImage
    from packdesk.ui.objects.object_layer import ObjectLayer
    from packdesk.ui.objects.objects_panel import ObjectsPanel
    from packdesk.ui.objects.package_layer import PackageLayer
    from packdesk.ui.theme import Theme
    from packdesk.ui.units import Unit
    from packdesk.ui.view.centre import Centre
    from packdesk.ui.window.object_edits import ObjectEdits

FIRST_SIZE = QSize(350, 400)


class Objects(QObject):
    """Shows the objects of the selected panel, and carries out what is asked for.

    Args:
        window: the dock's.
        session: of the window's design.
        centre: has the views they are chosen and moved on.
        theme: the dock's colours.

    Attributes:
        window: what it is part of.
        dock: closed at first.
        panel: what is in it, once it was opened.
        layer: the marks over the flat view, likewise.
        in_space: the marks over the 3D view, likewise.
        edits: what is done with objects, likewise.
        selected: the IDs of what is chosen, the one that was chosen last at the end.
        changeable: whether objects can be changed now.
        words: what stands on the pack, where it is known.

    Signals:
        flat_wanted: the flat view shall be seen.
        failed: a `PackdeskError`.
        put_back_wanted: objects that were taken off these panels shall lie there again.
        leave_off_wanted: they shall not.
    """

    flat_wanted = Signal()
    failed = Signal(object)
    put_back_wanted = Signal(object)
    leave_off_wanted = Signal(object)

    def __init__(self, window: QMainWindow, session: Session, centre: Centre, theme: Theme) -> None:
        super().__init__(window)
        self._objects = ObjectController(session.bridge, session.artwork, self)
        self.panel: ObjectsPanel | None = None
        self.layer: ObjectLayer | None = None
        self.in_space: PackageLayer | None = None
        self.edits: ObjectEdits | None = None
        self.selected: tuple[str, ...] = ()
        self._looked_at = ""
        self._families: tuple[str, ...] = ()
        self._left: tuple[str, tuple[str, ...]] = ("", ())
        self._taken_off: dict[str, int] = {}
        self.words: PackWords | None = None
        self.window, self._flat, self._view = window, centre.flat, centre.view
        self._theme, self._unit, self.changeable = theme, MM, True
        self._place = LatePlace(FIRST_SIZE)
        self.dock = titled_dock(window, "objects", translate("objects", "Objects"), self._place, self._place)
        self._place.opened.connect(self._open)
        self.dock.visibilityChanged.connect(self._follow_dock)
        self._objects.shown.connect(self._show)
        self._objects.families_found.connect(self._offer_families)
        self._objects.unread.connect(self._tell_unread)
        self._objects.beneath_read.connect(self._show_beneath)
        self._objects.failed.connect(self.failed)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the theme's colours."""
        self._theme = theme
        for part in (self.panel, self.layer, self.in_space):
            if part is not None:
                part.set_theme(theme)

    def set_unit(self, unit: Unit) -> None:
        """Show and take lengths in a unit."""
        self._unit = unit
        if self.panel is not None:
            self.panel.set_unit(unit)

    @Slot(object)
    def set_words(self, words: PackWords) -> None:
        """What stands on the pack."""
        self.words = words
        if self.panel is not None:
            self.panel.set_words(words)

    @Slot(object)
    def show_taken_off(self, taken: Mapping[str, Recipe]) -> None:
        """What another program took off panels, and nobody has said yet what is to become of it."""
        self._taken_off = {name: len(recipe.objects) for name, recipe in taken.items()}
        if self.panel is not None:
            self.panel.taken_off.follow(self._taken_off)

    def show_selected(self, chosen: Sequence[str], state: PackagingState, *, changeable: bool) -> None:
        """Show the objects of the panel that is selected alone."""
        self.changeable = changeable
        for part in (self.panel, self.layer, self.in_space):
            if part is not None:
                part.set_changeable(changeable=changeable)
        self._objects.follow(state, chosen[0] if len(chosen) == 1 else "")

    @Slot()
    def show(self) -> None:
        """Bring the dock to the front, with the flat view."""
        self.dock.show()
        self.dock.raise_()
        self.flat_wanted.emit()

    @property
    def chosen(self) -> str:
        """The ID of the object that was chosen last, '' for none."""
        return self.selected[-1] if self.selected else ""

    @Slot(object)
    def choose(self, object_ids: tuple[str, ...]) -> None:
        """Choose objects."""
        if object_ids != self.selected:
            if self.panel is not None:
                self.panel.form.commit()
            self.selected = object_ids
            self._show(self._objects.panel, self._objects.objects)

    def will_choose(self, object_ids: tuple[str, ...]) -> None:
        """Have objects chosen as soon as they are there."""
        self.selected = object_ids

    @Slot()
    def _open(self) -> None:
        if self.panel is not None:
            return
        # Most windows go without.
        from packdesk.ui.objects.object_layer import ObjectLayer  # noqa: PLC0415  (see above)
        from packdesk.ui.objects.objects_panel import ObjectsPanel  # noqa: PLC0415  (see above)
        from packdesk.ui.objects.package_layer import PackageLayer  # noqa: PLC0415  (see above)

        self.panel, self.layer = ObjectsPanel(), ObjectLayer(self._flat, _drawn)
        self.in_space = PackageLayer(self._view)
        for part in (self.panel, self.layer, self.in_space):
            part.set_theme(self._theme)
            part.set_changeable(changeable=self.changeable)
        self.panel.set_unit(self._unit)
        self.panel.form.offer_families(self._families)
        if self.words is not None:
            self.panel.set_words(self.words)
        self._connect(self.panel, self.layer, self.in_space)
        self.panel.taken_off.follow(self._taken_off)
        self._place.fill(self.panel, self.panel.list)
        self.layer.show_objects("", None, ())

    def _connect(self, panel: ObjectsPanel, layer: ObjectLayer, in_space: PackageLayer) -> None:
        from packdesk.ui.window.object_edits import ObjectEdits  # noqa: PLC0415  (as above)

        self.edits = ObjectEdits(self, self._objects, panel, layer)
        in_space.changed.connect(self.edits.set_all)
        in_space.stepped.connect(self.edits.step_all)
        in_space.delete_wanted.connect(self.edits.delete)
        in_space.chosen.connect(self.choose)
        panel.list.chosen.connect(self.choose)
        layer.chosen.connect(self.choose)
        panel.list.opened.connect(layer.type_words)
        layer.opened.connect(panel.form.type_words)
        for held in (layer, in_space):
            held.held_at.connect(panel.form.show_held)
        panel.taken_off.put_back_wanted.connect(self.put_back_wanted)
        panel.taken_off.leave_off_wanted.connect(self.leave_off_wanted)

    @Slot(bool)
    def _follow_dock(self, visible: bool) -> None:  # noqa: FBT001  (a slot)
        if not visible and self.selected:
            self._left = self._objects.panel, self.selected
        elif visible and self._left[0]:
            self.selected = self._left[1] if self._left[0] == self._objects.panel else ()
            self._left = "", ()
        self._objects.set_active(active=visible)

    @Slot(str, object)
    def _show(self, panel_id: str, objects: KeptObjects | None) -> None:
        recipe = None if objects is None else objects.recipe
        if recipe is not None and panel_id != self._looked_at:
            self._flat.show_panel(panel_id)
        self._looked_at = panel_id
        there = () if recipe is None else recipe.ids
        self.selected = tuple(name for name in self.selected if name in there)
        if self.panel is not None and self.layer is not None and self.in_space is not None:
            self.in_space.show_objects(panel_id, recipe, self.selected)
            self.panel.show_objects(panel_id, recipe, self.selected)
            self._flat.leave_unnamed(panel_id if self.selected else "")
            self.layer.show_objects(panel_id, objects, self.selected, self._objects.waits_after)

    @Slot(str, object)
    def _show_beneath(self, panel_id: str, picture: WidgetImage | None) -> None:
        if self.layer is not None and panel_id == self._looked_at:
            self.layer.held.beneath = picture

    @Slot(object)
    def _tell_unread(self, error: PackdeskError) -> None:
        if self.panel is not None:
            self.panel.tell_unread(error)

    @Slot(object)
    def _offer_families(self, families: Sequence[str]) -> None:
        self._families = tuple(families)  # they may be known before the dock is filled
        if self.panel is not None:
            self.panel.form.offer_families(families)


def _drawn(objects: KeptObjects, object_id: str) -> DrawnObject | None:
    from packdesk.textures.objects.drawing import drawn_objects  # noqa: PLC0415  (as above)

    return next((one for one in drawn_objects(objects, lambda _: None) if one.id == object_id), None)
