"""What a window does with objects: their dock, made when it is opened first, and marks over the flat view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from packdesk.jobs.object_controller import ObjectController
from packdesk.ui.dropping import last_folder, noted
from packdesk.ui.translation import translate
from packdesk.ui.units import MM
from packdesk.ui.window.dock_title import titled_dock
from packdesk.ui.window.late_dock import LatePlace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMainWindow

    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.session import Session
    from packdesk.ui.flat.view import FlatView
    from packdesk.ui.objects.object_layer import ObjectLayer
    from packdesk.ui.objects.objects_panel import ObjectsPanel
    from packdesk.ui.theme import Theme
    from packdesk.ui.units import Unit

FIRST_SIZE = QSize(350, 400)
_OFFSET_MM = 3.0
"""A duplicate lies beside what it is of."""


class Objects(QObject):
    """Shows the objects of the selected panel, and carries out what is asked for.

    Args:
        window: the dock's.
        session: of the window's design.
        flat: where they are chosen and moved.
        theme: the dock's colours.

    Attributes:
        dock: closed at first.
        panel: what is in it, once it was opened.
        layer: the marks over the flat view, likewise.
        chosen: the ID of an object, '' for none.

    Signals:
        flat_wanted: the flat view shall be seen.
        failed: a `PackdeskError`.
    """

    flat_wanted = Signal()
    failed = Signal(object)

    def __init__(self, window: QMainWindow, session: Session, flat: FlatView, theme: Theme) -> None:
        super().__init__(window)
        self._objects = ObjectController(session.bridge, session.artwork, self)
        self.panel: ObjectsPanel | None = None
        self.layer: ObjectLayer | None = None
        self.chosen = self._looked_at = ""
        self._window, self._flat = window, flat
        self._theme, self._unit, self._changeable = theme, MM, True
        self._place = LatePlace(FIRST_SIZE)
        self.dock = titled_dock(window, "objects", translate("objects", "Objects"), self._place, self._place)
        self._place.opened.connect(self._open)
        self.dock.visibilityChanged.connect(self._follow_dock)
        self._objects.shown.connect(self._show)
        self._objects.kept.connect(self._put_picture)
        self._objects.families_found.connect(self._offer_families)
        self._objects.failed.connect(self.failed)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the theme's colours."""
        self._theme = theme
        for part in (self.panel, self.layer):
            if part is not None:
                part.set_theme(theme)

    def set_unit(self, unit: Unit) -> None:
        """Show and take lengths in a unit."""
        self._unit = unit
        if self.panel is not None:
            self.panel.set_unit(unit)

    def show_selected(self, chosen: Sequence[str], state: PackagingState, *, changeable: bool) -> None:
        """Show the objects of the panel that is selected alone."""
        self._changeable = changeable
        for part in (self.panel, self.layer):
            if part is not None:
                part.set_changeable(changeable=changeable)
        self._objects.follow(state, chosen[0] if len(chosen) == 1 else "")

    @Slot()
    def show(self) -> None:
        """Bring the dock to the front, with the flat view."""
        self.dock.show()
        self.dock.raise_()
        self.flat_wanted.emit()

    @Slot(str)
    def choose(self, object_id: str) -> None:
        """Choose an object, '' for none."""
        if object_id != self.chosen:
            if self.panel is not None:
                self.panel.form.commit()
            self.chosen = object_id
            self._show(self._objects.panel, self._objects.objects)

    @Slot()
    def _open(self) -> None:
        if self.panel is not None:
            return
        # Most windows go without.
        from packdesk.ui.objects.object_layer import ObjectLayer  # noqa: PLC0415  (see above)
        from packdesk.ui.objects.objects_panel import ObjectsPanel  # noqa: PLC0415  (see above)

        self.panel, self.layer = ObjectsPanel(), ObjectLayer(self._flat, _drawn)
        for part in (self.panel, self.layer):
            part.set_theme(self._theme)
            part.set_changeable(changeable=self._changeable)
        self.panel.set_unit(self._unit)
        self._connect(self.panel, self.layer)
        self._place.fill(self.panel, self.panel.list)
        self.layer.show_objects("", None, "")

    def _connect(self, panel: ObjectsPanel, layer: ObjectLayer) -> None:
        panel.add_wanted.connect(self._add)
        panel.raise_wanted.connect(self._raise)
        panel.form.changed.connect(self._set)
        panel.list.shown_wanted.connect(self._set_shown)
        panel.list.chosen.connect(self.choose)
        layer.chosen.connect(self.choose)
        layer.changed.connect(self._set)
        layer.stepped.connect(self._step)
        layer.opened.connect(panel.form.type_words)
        for part in (panel, layer):
            part.delete_wanted.connect(self._delete)
            part.copy_wanted.connect(self._duplicate)

    @Slot(bool)
    def _follow_dock(self, visible: bool) -> None:  # noqa: FBT001  (a slot)
        self._objects.set_active(active=visible)

    @Slot(str, object)
    def _show(self, panel_id: str, objects: KeptObjects | None) -> None:
        recipe = None if objects is None else objects.recipe
        if recipe is not None and panel_id != self._looked_at:
            self._flat.show_panel(panel_id)
        self._looked_at = panel_id
        if recipe is None or self.chosen not in recipe.ids:
            self.chosen = ""
        if self.panel is not None and self.layer is not None:
            self.panel.show_objects(panel_id, recipe, self.chosen)
            self.layer.show_objects(panel_id, objects, self.chosen)

    @Slot(object)
    def _offer_families(self, families: Sequence[str]) -> None:
        if self.panel is not None:
            self.panel.form.offer_families(families)

    # --- what is done

    @property
    def _recipe(self) -> Recipe | None:
        return None if self._objects.objects is None else self._objects.objects.recipe

    @Slot(object)
    def _set(self, one: PanelObject) -> None:
        from packdesk.domain.objects.recipe import put  # noqa: PLC0415  (as above)

        self._objects.edit(put(one))

    @Slot(object)
    def _step(self, one: PanelObject) -> None:
        from packdesk.domain.objects.recipe import put  # noqa: PLC0415  (as above)

        self._objects.edit(put(one), rests=False)

    @Slot(str, bool)
    def _set_shown(self, object_id: str, shown: bool) -> None:  # noqa: FBT001  (a slot)
        recipe = self._recipe
        if recipe is not None and object_id in recipe.ids:
            self._set(recipe.get(object_id).model_copy(update={"hidden": not shown}))

    @Slot(str)
    def _add(self, kind: str) -> None:
        if kind == "picture":
            title = self.tr("Put a logo or a picture on the panel")
            kinds = self.tr("Pictures and drawings (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.svg *.pdf *.ai)")
            file, _ = QFileDialog.getOpenFileName(self._window, title, last_folder(), kinds)
            if file:
                self._objects.keep_picture(noted(Path(file)))
            return
        recipe = self._recipe
        if recipe is not None:
            from packdesk.ui.objects.new_objects import new_object  # noqa: PLC0415  (as above)

            self._put(new_object(kind, recipe))
            if self.panel is not None and kind != "shape":
                self.panel.form.type_words()

    @Slot(str, str)
    def _put_picture(self, name: str, panel_id: str) -> None:
        recipe = self._recipe
        if recipe is not None and panel_id == self._objects.panel:
            from packdesk.ui.objects.new_objects import new_object  # noqa: PLC0415  (as above)

            self._put(new_object("picture", recipe, picture=name))

    def _put(self, one: PanelObject) -> None:
        self.chosen = one.id
        self._set(one)

    @Slot()
    def _delete(self) -> None:
        from packdesk.domain.objects.recipe import remove  # noqa: PLC0415  (as above)

        if self.chosen and self._changeable:
            self._objects.edit(remove(self.chosen))

    @Slot()
    def _duplicate(self) -> None:
        from packdesk.domain.objects.gestures import moved  # noqa: PLC0415  (as above)
        from packdesk.domain.objects.recipe import free_id  # noqa: PLC0415  (likewise)

        recipe = self._recipe
        if recipe is not None and self.chosen in recipe.ids:
            one = recipe.get(self.chosen)
            copied = one.model_copy(update={"id": free_id(recipe, one.kind)})
            self._put(moved(copied, _OFFSET_MM, _OFFSET_MM))

    @Slot(int)
    def _raise(self, steps: int) -> None:
        from packdesk.domain.objects.recipe import moved_to  # noqa: PLC0415  (as above)

        recipe = self._recipe
        if recipe is not None and self.chosen in recipe.ids:
            self._objects.edit(moved_to(self.chosen, recipe.ids.index(self.chosen) + steps))


def _drawn(objects: KeptObjects, object_id: str) -> DrawnObject | None:
    from packdesk.textures.objects.drawing import drawn_objects  # noqa: PLC0415  (as above)

    return next((one for one in drawn_objects(objects, lambda _: None) if one.id == object_id), None)
