"""What the views show besides the artwork as it is: finishes on parts of panels, and colours as printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QImage, QUndoCommand

from packdesk.domain.sight import Sight
from packdesk.export.press.options import PressOptions
from packdesk.jobs.area_controller import AreaController
from packdesk.jobs.seen_pictures import SeenPictures
from packdesk.ui.dropping import ask_for_profile
from packdesk.ui.translation import translate
from packdesk.ui.window.inside import Inside
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPixmap, QUndoStack

    from packdesk.domain.area_finish import AreaFinish
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.session import Session
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.dialogs.area_dialog import AreaDialog
    from packdesk.ui.view.centre import Centre

SIGHTS = {"proof": Sight.PROOF, "gamut": Sight.GAMUT, "inks": Sight.INKS}
"""The actions that change how colours are looked at."""
_COLOURS, _LONGEST, _STEP = 8, 48, 16
_APART = 12


class Sights(QObject):
    """Carries out the actions; what the dialog sets is seen at once, and one step of undo when it closes.

    Args:
        session: has the pictures, and keeps the finishes.
        actions: of the window.
        centre: dialogs open above it.
        stack: of undo.

    Attributes:
        seen: what the views show.
        kept: the finishes.
        inside: the other side.

    Signals:
        press_chosen: a press to look at colours by, and to export for (`PressOptions`).
    """

    press_chosen = Signal(object)

    def __init__(self, session: Session, actions: WindowActions, centre: Centre, stack: QUndoStack) -> None:
        super().__init__(centre)
        self._pixmaps, self._stack, self._above = session.pixmaps, stack, centre
        self._key = centre.key
        self._action = actions["finish"]
        self._chosen: tuple[str, ...] = ()
        self._press: PressOptions | None = None
        self.seen = SeenPictures(session.bridge, session.pixmaps, self)
        self.kept = AreaController(session.bridge, self)
        self.inside = Inside(session, actions, centre, stack)
        self.kept.changed.connect(self.seen.set_areas)
        self._action.triggered.connect(self.choose)
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for name, sight in SIGHTS.items():
            self._group.addAction(actions[name]).setData(sight)
        self._group.triggered.connect(self._on_sight)
        self.seen.failed.connect(self._show_checked)
        self._key.ended.connect(self._end_sight)

    def show_selected(self, chosen: Sequence[str], state: PackagingState, *, changeable: bool) -> None:
        """What is selected, and whether it may be changed."""
        self._chosen = tuple(panel_id for panel_id in chosen if panel_id in state.panel_textures)
        self._action.setEnabled(changeable and bool(self._chosen))

    @Slot(object)
    def set_press(self, press: PressOptions | None) -> None:
        """Colours are looked at by this press."""
        if press != self._press:
            self._press = press
            self.seen.set_sight(self.seen.sight, press)
            self._show_checked()

    # --- finishes on parts of panels

    @Slot()
    def choose(self) -> None:
        """Ask which there are on the selected panels."""
        from packdesk.ui.dialogs.area_dialog import AreaDialog  # noqa: PLC0415  (few see it)

        if not self._chosen:
            return
        chosen, before = self._chosen, self.kept.areas
        entry = self._pixmaps.get(chosen[0])
        colours = common_colours(entry.thumbnail) if entry is not None else []
        own = [area for area in before if area.panel_id == chosen[0]]
        name = ", ".join(panel_name(panel_id) for panel_id in chosen)
        dialog = AreaDialog(self._above.window(), name, own, colours)
        dialog.edited.connect(partial(self._try, dialog, chosen, before))
        dialog.finished.connect(partial(self._end, dialog, before))
        window = self._above.window().geometry()
        size = dialog.sizeHint()
        dialog.open()
        # Beside the package and its blank, which show what is set.
        dialog.move(window.right() - size.width() - _APART, window.center().y() - size.height() // 2)

    def _try(self, dialog: AreaDialog, chosen: tuple[str, ...], before: tuple[AreaFinish, ...]) -> None:
        others = tuple(area for area in before if area.panel_id not in chosen)
        added = [area for panel_id in chosen for area in dialog.chosen(panel_id)]
        self.kept.keep((*others, *added))

    def _end(self, dialog: AreaDialog, before: tuple[AreaFinish, ...], result: int) -> None:
        dialog.deleteLater()
        after = self.kept.areas
        if result == dialog.DialogCode.Accepted and after != before:
            self._stack.push(_AreaStep(self.kept, before, after))
        else:
            self.kept.keep(before)

    # --- colours as printed

    @Slot(QAction)
    def _on_sight(self, action: QAction) -> None:
        sight = Sight(action.data()) if action.isChecked() else Sight.SCREEN
        if sight is not Sight.SCREEN and self._press is None and not self._choose_press():
            sight = Sight.SCREEN
        self.seen.set_sight(sight, self._press)
        self._show_checked()

    def _choose_press(self) -> bool:
        file = ask_for_profile(self._above.window())
        if file is None:
            return False
        self._press = PressOptions(file)
        self.press_chosen.emit(self._press)
        return True

    @Slot()
    def _show_checked(self) -> None:
        for action in self._group.actions():
            action.setChecked(Sight(action.data()) is self.seen.sight)
        self._key.show_sight(self.seen.sight, self._press)

    @Slot()
    def _end_sight(self) -> None:
        action = self._group.checkedAction()
        if action is not None:
            action.trigger()


class _AreaStep(QUndoCommand):
    """Finishes that were set."""

    def __init__(
        self, kept: AreaController, before: tuple[AreaFinish, ...], after: tuple[AreaFinish, ...]
    ) -> None:
        super().__init__(translate("history", "finish by area"))
        self._kept, self._before, self._after = kept, before, after

    def undo(self) -> None:
        self._kept.keep(self._before)

    def redo(self) -> None:
        self._kept.keep(self._after)


def common_colours(thumbnail: QPixmap) -> list[str]:
    """The colours most of a small picture has, the most frequent first, `#rrggbb`; each well apart."""
    size = QSize(_LONGEST, _LONGEST)
    modes = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
    small = thumbnail.toImage().scaled(size, *modes).convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(small.constBits(), np.uint8).reshape(-1, 4)
    solid = pixels[pixels[:, 3] > 0, :3]
    steps, places, counts = np.unique(solid // _STEP, axis=0, return_inverse=True, return_counts=True)
    found = []
    for index in np.argsort(counts)[::-1][:_COLOURS]:
        red, green, blue = np.median(solid[places.reshape(-1) == index], axis=0).astype(int)
        found.append(f"#{red:02x}{green:02x}{blue:02x}")
    return found if len(steps) else []
