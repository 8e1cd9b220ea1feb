"""What a window does with the designs of this machine: another one, the shelf, names, and its own picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.domain.design_name import UNTITLED
from packdesk.ui.theme import LIGHT
from packdesk.ui.window.questions import new_question, remove_question
from packdesk.viewer.shots import camera_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from packdesk.jobs.session import Session
    from packdesk.store.shelf import ShelvedDesign
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.dialogs.shelf_dialog import ShelfDialog
    from packdesk.ui.theme import Theme
    from packdesk.ui.view.centre import Centre

REST_MS = 1500
_WIDTH, _HEIGHT = 320, 240


class ShelfCommands(QObject):
    """Opens the shelf, and has this or another window go on with a design.

    Signals:
        design_wanted: go on with this design (its ID) in this window; a file (`Path`) to open in it, or None.
        window_wanted: open a design (its ID) in another window.
        at_start_chosen: whether the shelf shows at each start.
    """

    design_wanted = Signal(str, object)
    window_wanted = Signal(str)
    at_start_chosen = Signal(bool)

    def __init__(self, session: Session, actions: WindowActions, centre: Centre) -> None:
        super().__init__(centre)
        self._session, self._shelf = session, session.shelf
        self._centre, self._theme = centre, LIGHT
        self.dialog: ShelfDialog | None = None
        self._at_start = self._starting = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.draw)
        actions["new"].triggered.connect(self.new)
        actions["new_window"].triggered.connect(self.new_window)
        actions["designs"].triggered.connect(self.open)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the theme's colours."""
        self._theme = theme
        if self.dialog is not None:
            self.dialog.set_theme(theme)

    def set_at_start(self, shown: bool) -> None:  # noqa: FBT001  (as a slot)
        """Whether the shelf shows at each start."""
        self._at_start = shown
        if self.dialog is not None:
            self.dialog.at_start.setChecked(shown)

    @Slot()
    def new(self) -> None:
        """Another design. The one that everybody has is asked about first."""
        if self._session.is_shared:
            question = new_question(self._centre, artwork=bool(self._session.state.panel_textures))
            question.accepted.connect(self._session.clear)
            question.open()
        else:
            self._shelf.new(UNTITLED, apart=self._session.job.running)

    @Slot()
    def new_window(self) -> None:
        """Another design in another window."""
        self._shelf.new(UNTITLED, apart=True)

    def open_file(self, file: Path) -> None:
        """A bundle as a design of its own, named by the file."""
        self._shelf.new(file.stem or UNTITLED, file)

    @Slot()
    def show_at_start(self) -> None:
        """Show the shelf if there is more than one design to choose from."""
        self._starting = True
        self._shelf.find("", False)  # noqa: FBT003  (a slot)

    @Slot()
    def open(self) -> None:
        """Show the shelf."""
        dialog = self.dialog or self._made()
        dialog.search.clear()
        dialog.bin.setChecked(False)
        self._shelf.find("", False)  # noqa: FBT003  (a slot)
        self._raise(dialog)

    @Slot(object, object)
    def show_designs(self, designs: Sequence[ShelvedDesign], pictures: Mapping[str, QImage]) -> None:
        """These are there."""
        starting, self._starting = self._starting, False
        if starting and len(designs) > 1:
            self._raise(self.dialog or self._made())
        if self.dialog is not None:
            self.dialog.show_designs(designs, pictures, self._shelf.own.id if self._shelf.own else "")

    @staticmethod
    def _raise(dialog: ShelfDialog) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    @Slot(str, object, bool)
    def go_on(self, design: str, file: Path | None, apart: bool) -> None:  # noqa: FBT001  (a slot)
        """A design was made to go on with, here or in another window."""
        if apart:
            self.window_wanted.emit(design)
        else:
            self.design_wanted.emit(design, file)

    @Slot()
    def follow(self) -> None:
        """The design looks otherwise."""
        self._rest.start()

    @Slot()
    def draw(self) -> None:
        """Keep a picture of the design as it is looked at now; none of one nobody has touched."""
        self._rest.stop()
        view, state = self._centre.view, self._session.state
        scene = view.scene()
        if self._shelf.own is None or scene is None or state.updated_at is None:
            return
        camera = camera_of(view.saved_view(UNTITLED), scene, _WIDTH / _HEIGHT)
        self._shelf.keep_picture(view.picture(_WIDTH, _HEIGHT, camera))

    def flush(self) -> None:
        """Draw at once what would be drawn in a moment."""
        if self._rest.isActive():
            self.draw()

    def _made(self) -> ShelfDialog:
        from packdesk.ui.dialogs.shelf_dialog import ShelfDialog  # noqa: PLC0415  (the window starts without it)

        dialog = self.dialog = ShelfDialog(self._centre)
        dialog.set_theme(self._theme)
        dialog.at_start.setChecked(self._at_start)
        dialog.searched.connect(self._shelf.find)
        dialog.open_wanted.connect(self._open)
        dialog.window_wanted.connect(self._open_in_window)
        dialog.new_wanted.connect(self.new)
        dialog.rename_wanted.connect(self._shelf.rename)
        dialog.duplicate_wanted.connect(self._shelf.duplicate)
        dialog.delete_wanted.connect(self._shelf.delete)
        dialog.restore_wanted.connect(self._shelf.restore)
        dialog.remove_wanted.connect(self._remove)
        dialog.at_start_chosen.connect(self.at_start_chosen)
        return dialog

    @Slot(object)
    def _remove(self, design: ShelvedDesign) -> None:
        question = remove_question(self.dialog or self._centre, design.name)
        question.accepted.connect(lambda: self._shelf.remove(design))
        question.open()

    @Slot(object)
    def _open(self, design: ShelvedDesign) -> None:
        assert self.dialog is not None, "it asks"
        self.dialog.accept()
        if self._session.is_shared:
            self._session.bundles.open_shelved(design)
        elif self._session.job.running:  # what is being made here goes on
            self.window_wanted.emit(design.id)
        else:
            self.design_wanted.emit(design.id, None)

    @Slot(object)
    def _open_in_window(self, design: ShelvedDesign) -> None:
        assert self.dialog is not None, "it asks"
        self.dialog.accept()
        self.window_wanted.emit(design.id)
