"""What is done with objects in a window: added, typed, moved, ordered, lined up, copied, deleted.

Made with the dock, when it is opened first.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from packdesk.domain.objects.arranging import (
    Spread,
    aligned,
    can_group,
    can_ungroup,
    grouped,
    spread,
    ungrouped,
    with_copies,
)
from packdesk.domain.objects.from_words import with_words
from packdesk.domain.objects.recipe import brought, new_id, put, raised, remove
from packdesk.domain.objects.typed import changed
from packdesk.domain.objects.values import Text, name_of_file
from packdesk.ui.dropping import last_folder, noted
from packdesk.ui.objects.clipboard import copied_objects, copy_objects, has_objects
from packdesk.ui.objects.eyedropper import Eyedropper
from packdesk.ui.objects.new_objects import new_object
from packdesk.ui.objects.object_menu import object_menu

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QMenu

    from packdesk.domain.objects.arranging import Line
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject
    from packdesk.jobs.object_controller import ObjectController
    from packdesk.ui.objects.object_layer import ObjectLayer
    from packdesk.ui.objects.objects_panel import ObjectsPanel
    from packdesk.ui.window.objects import Objects

_UNDOES = {"lock": "unlock", "hide": "show"}
_CODED = ("back", "body")
"""Where the number of the EAN-13 stands."""


class ObjectEdits(QObject):
    """Turns what is wanted into changes of the recipe.

    Args:
        objects: what is shown and chosen.
        controller: makes the changes.
        panel: the dock's content.
        layer: the marks over the flat view, where a colour is taken from.
    """

    def __init__(
        self,
        objects: Objects,
        controller: ObjectController,
        panel: ObjectsPanel,
        layer: ObjectLayer,
    ) -> None:
        super().__init__(objects)
        self._shown, self._objects = objects, controller
        self._panel, self._layer = panel, layer
        self._eyedropper, self._picks = Eyedropper(layer.flat), ""
        self._eyedropper.taken.connect(self._take_colour)
        controller.kept.connect(self._put_picture)
        self._connect()

    def _connect(self) -> None:
        panel, layer = self._panel, self._layer
        panel.add_wanted.connect(self._add)
        panel.letter_wanted.connect(self._letter)
        panel.raise_wanted.connect(self._raise)
        panel.arrange_wanted.connect(self._arrange)
        panel.form.changed.connect(self.set_all)
        panel.form.pick_wanted.connect(self._pick)
        panel.list.shown_wanted.connect(self._set_shown)
        layer.changed.connect(self.set_all)
        layer.stepped.connect(self.step_all)
        layer.words_typed.connect(self._type)
        for part in (panel.list, layer):
            part.clip_wanted.connect(self._clip)
            part.cut_wanted.connect(self._cut)
            part.paste_wanted.connect(self.paste)
            part.menu_wanted.connect(self._offer)
        for grouping in (panel, panel.list, layer):
            grouping.group_wanted.connect(self.group)
            grouping.ungroup_wanted.connect(self.ungroup)
        panel.list.copy_wanted.connect(self._duplicate)
        for whole in (panel, layer):
            whole.delete_wanted.connect(self.delete)
            whole.copy_wanted.connect(self._duplicate)

    @property
    def _recipe(self) -> Recipe | None:
        return None if self._objects.objects is None else self._objects.objects.recipe

    @property
    def _chosen(self) -> tuple[PanelObject, ...]:
        """What is chosen, from the bottom to the top."""
        recipe = self._recipe
        return (
            () if recipe is None else tuple(one for one in recipe.objects if one.id in self._shown.selected)
        )

    def _edit(self, edit: Callable[[Recipe], Recipe], *, rests: bool = True) -> None:
        if self._shown.changeable:
            self._objects.edit(edit, rests=rests)

    @Slot(object)
    def _set(self, one: PanelObject) -> None:
        self._edit(put(one))

    @Slot(object)
    def set_all(self, ones: Sequence[PanelObject]) -> None:
        """Put objects in place of those they were."""
        self._edit(put(*ones))

    @Slot(object)
    def step_all(self, ones: Sequence[PanelObject]) -> None:
        """As `set_all`, by a key that others may follow: they are one step of undo."""
        self._edit(put(*ones), rests=False)

    @Slot(str, str)
    def _type(self, object_id: str, words: str) -> None:
        recipe = self._recipe
        if recipe is not None and object_id in recipe.ids and isinstance(recipe.get(object_id), Text):
            self._edit(lambda now: put(changed(now.get(object_id), {"words": words}))(now))

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
            file, _ = QFileDialog.getOpenFileName(self._shown.window, title, last_folder(), kinds)
            if file:
                self._objects.keep_picture(noted(Path(file)))
            return
        recipe = self._recipe
        if recipe is not None:
            self._put(new_object(kind, recipe))
            if kind == "text":
                self._layer.type_words()
            elif kind == "barcode":
                self._panel.form.type_words()

    @Slot()
    def _letter(self) -> None:
        words, panel = self._shown.words, self._objects.panel
        if words is not None:
            self._edit(lambda recipe: with_words(recipe, words, code=panel in _CODED))

    @Slot(str, str, str)
    def _put_picture(self, name: str, panel_id: str, file_name: str) -> None:
        recipe = self._recipe
        if recipe is not None and panel_id == self._objects.panel:
            made = new_object("picture", recipe, picture=name)
            self._put(made.model_copy(update={"name": name_of_file(file_name)}))

    def _put(self, one: PanelObject) -> None:
        self._shown.will_choose((one.id,))
        self._set(one)

    @Slot()
    def delete(self) -> None:
        """Take what is chosen off the panel."""
        if names := self._shown.selected:
            self._edit(remove(*names))

    @Slot()
    def _duplicate(self) -> None:
        self._put_copies(self._chosen)

    @Slot()
    def _clip(self) -> None:
        recipe = self._recipe
        if recipe is not None and self._shown.selected:
            copy_objects(recipe, self._shown.selected)

    @Slot()
    def _cut(self) -> None:
        self._clip()
        self.delete()

    @Slot()
    def paste(self) -> None:
        """Put what is on the clipboard on the panel, where it lay on its own."""
        self._put_copies(copied_objects())

    def _put_copies(self, ones: Sequence[PanelObject]) -> None:
        recipe = self._recipe
        if recipe is None or not ones:
            return
        names = tuple(new_id(one.kind) for one in ones)
        self._shown.will_choose(names)
        self._edit(lambda now: with_copies(now, ones, names))

    @Slot()
    def group(self) -> None:
        """Have what is chosen be chosen together."""
        recipe = self._recipe
        ones = self._chosen
        if recipe is not None and can_group(ones):
            names = {one.id for one in ones}
            self._edit(lambda now: put(*grouped(now, [one for one in now.objects if one.id in names]))(now))

    @Slot()
    def ungroup(self) -> None:
        """Have each be chosen on its own."""
        if self._chosen:
            self._edit(put(*ungrouped(self._chosen)))

    @Slot(object)
    def _offer(self, place: QPoint) -> None:
        self.menu().popup(place)

    def menu(self) -> QMenu:
        """What can be done with what is chosen."""
        does: dict[str, Callable[[], object]] = {
            "cut": self._cut,
            "copy": self._clip,
            "paste": self.paste,
            "duplicate": self._duplicate,
            "group": self.group,
            "ungroup": self.ungroup,
            "front": partial(self._bring, front=True),
            "raise": partial(self._raise, 1),
            "lower": partial(self._raise, -1),
            "back": partial(self._bring, front=False),
            "delete": self.delete,
        }
        chosen, changeable = self._chosen, self._shown.changeable
        for name, field in (("lock", "locked"), ("hide", "hidden")):
            so = bool(chosen) and all(getattr(one, field) for one in chosen)
            does[_UNDOES[name] if so else name] = partial(self._mark, field, not so)
        can = dict.fromkeys(does, changeable and bool(chosen)) | {"copy": bool(chosen)}
        can["paste"] = changeable and has_objects()
        can["group"] = changeable and can_group(chosen)
        can["ungroup"] = changeable and can_ungroup(chosen)
        made = object_menu(self._panel, does, can)
        made.aboutToHide.connect(made.deleteLater)
        return made

    @Slot(int)
    def _raise(self, steps: int) -> None:
        self._edit(raised(self._shown.selected, steps))

    def _bring(self, *, front: bool) -> None:
        self._edit(brought(self._shown.selected, front=front))

    def _mark(self, field: str, value: bool) -> None:  # noqa: FBT001  (of the field)
        own = [one for one in self._chosen if not one.of]
        self._edit(put(*(one.model_copy(update={field: value}) for one in own)))

    @Slot(object)
    def _arrange(self, how: Line | Spread) -> None:
        recipe, ones = self._recipe, self._chosen
        if recipe is None or not ones:
            return
        made = spread(ones, how) if isinstance(how, Spread) else aligned(ones, how, recipe.panel)
        if made != ones:
            self._edit(put(*made))

    @Slot(str)
    def _pick(self, name: str) -> None:
        self._picks = name
        self._shown.flat_wanted.emit()
        self._eyedropper.begin()

    @Slot(str)
    def _take_colour(self, colour: str) -> None:
        self._panel.form.take_colour(self._picks, colour)
