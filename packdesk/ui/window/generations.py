"""The dock "Generations": what it shows is made when it is opened for the first time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu

from packdesk.domain.panels import LEAD_PANEL, PANEL_IDS
from packdesk.domain.prompts import is_prompt
from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.dropping import Offer
from packdesk.ui.translation import translate
from packdesk.ui.window.dock_title import titled_dock
from packdesk.ui.window.late_dock import LatePlace
from packdesk.ui.window.questions import delete_question
from packdesk.ui.window.saved import show_folder
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QImage
    from PySide6.QtWidgets import QMainWindow

    from packdesk.domain.dimensions import PackageType
    from packdesk.jobs.archive_controller import ArchiveController
    from packdesk.services.archive import Found
    from packdesk.textures.picture_index import IndexedPicture
    from packdesk.ui.dialogs.compare_dialog import CompareDialog
    from packdesk.ui.generations.generations_panel import GenerationsPanel
    from packdesk.ui.theme import Theme
    from packdesk.ui.units import Unit

FIRST_SIZE = QSize(640, 246)
"""The search and one row of pictures."""


class Generations(QObject):
    """Carries out what is asked for in the dock.

    Args:
        window: the dock's.
        archive: lists the pictures.
        theme: its colours.

    Attributes:
        dock: closed at first.
        panel: what is in it, once it was opened.

    Signals:
        put: a panel, and the `Offer` of the picture for it.
        words_wanted: a picture's words shall be the prompt.
    """

    put = Signal(str, object)
    words_wanted = Signal(str)

    def __init__(self, window: QMainWindow, archive: ArchiveController, theme: Theme, unit: Unit) -> None:
        super().__init__(window)
        self.panel: GenerationsPanel | None = None
        self._window = window
        self._archive = archive
        self._theme, self._unit = theme, unit
        self._package_type: PackageType = "box"
        self._selected: str | None = None
        self._changeable = True
        self._place = LatePlace(FIRST_SIZE)
        title = translate("generations", "Generations")
        self.dock = titled_dock(window, "generations", title, self._place, self._place)
        self._place.opened.connect(self._open)
        archive.found.connect(self._show_found)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the theme's colours."""
        self._theme = theme
        if self.panel is not None:
            self.panel.set_theme(theme)

    def set_unit(self, unit: Unit) -> None:
        """Tell sizes in that unit."""
        self._unit = unit
        if self.panel is not None:
            self.panel.model.set_unit(unit)

    def show_selected(self, chosen: Sequence[str], package_type: PackageType, *, changeable: bool) -> None:
        """A picture that is chosen goes onto the selected panel; `changeable` while it can."""
        self._selected = chosen[0] if len(chosen) == 1 else None
        self._package_type, self._changeable = package_type, changeable

    @Slot()
    def refresh(self) -> None:
        """Pictures have been made or imported."""
        if self.panel is not None and self.panel.isVisible():
            self._archive.refresh()

    @Slot(object)
    def look(self, state: Qt.ApplicationState) -> None:
        """Another program may have made some while this one lay behind it."""
        if state == Qt.ApplicationState.ApplicationActive:
            self.refresh()

    def menu(self) -> QMenu | None:
        """What can be done with the selected pictures; None without any."""
        chosen = self.panel.grid.selected() if self.panel is not None else []
        if not chosen:
            return None
        menu, first = QMenu(self._window), chosen[0]
        target = self._target(first)
        put = menu.addAction(self.tr("&Put on {0}").format(panel_name(target)))
        put.triggered.connect(partial(self._put, first, target))
        menu.setDefaultAction(put)
        elsewhere = menu.addMenu(self.tr("Put &on"))
        for panel_id in PANEL_IDS[self._package_type]:
            elsewhere.addAction(panel_name(panel_id)).triggered.connect(partial(self._put, first, panel_id))
        for one in (put, elsewhere.menuAction()):
            one.setEnabled(self._changeable and len(chosen) == 1)
        words = menu.addAction(self.tr("Use the &words again"))
        words.triggered.connect(partial(self.words_wanted.emit, first.words))
        words.setEnabled(len(chosen) == 1 and first.kind != "reference" and is_prompt(first.words))
        menu.addSeparator()
        self._add_care(menu, chosen)
        return menu

    def _add_care(self, menu: QMenu, chosen: Sequence[IndexedPicture]) -> None:
        star = menu.addAction(self.tr("&Favourite"))
        star.setCheckable(True)
        marked = all(one.favourite for one in chosen)
        star.setChecked(marked)
        names = [one.sha256 for one in chosen]
        star.triggered.connect(partial(self._archive.set_favourite, names, favourite=not marked))
        self._add(menu, self.tr("&Compare"), possible=len(chosen) == 2).triggered.connect(self.compare)
        menu.addSeparator()
        folder = self._add(menu, self.tr("&Show in folder"), possible=len(chosen) == 1)
        folder.triggered.connect(partial(self._archive.find_file, chosen[0].sha256, show_folder))
        self._add(menu, self.tr("&Delete …")).triggered.connect(self.delete)

    @staticmethod
    def _add(menu: QMenu, text: str, *, possible: bool = True) -> QAction:
        action = menu.addAction(text)
        action.setEnabled(possible)
        return action

    @Slot()
    def compare(self) -> None:
        """Show the two selected pictures together."""
        chosen = self.panel.grid.selected() if self.panel is not None else []
        if len(chosen) == 2:
            dialog = self._compare_dialog(chosen)
            self._archive.read_pair(chosen[0].sha256, chosen[1].sha256, _Shown(dialog))
            dialog.open()

    @Slot()
    def delete(self) -> None:
        """Ask whether the selected pictures may go for good."""
        chosen = self.panel.grid.selected() if self.panel is not None else []
        if chosen:
            box = delete_question(self._window, len(chosen))
            box.accepted.connect(partial(self._archive.delete, [one.sha256 for one in chosen]))
            box.open()

    def _compare_dialog(self, chosen: Sequence[IndexedPicture]) -> CompareDialog:
        from packdesk.ui.dialogs.compare_dialog import CompareDialog  # noqa: PLC0415  (most compare nothing)
        from packdesk.ui.generations.words import picture_facts, picture_title  # noqa: PLC0415  (likewise)

        return CompareDialog(
            self._window, *(f"{picture_facts(one)} · {picture_title(one)}" for one in chosen)
        )

    @Slot()
    def _open(self) -> None:
        if self.panel is None:
            self.panel = self._made()
        self._archive.refresh()

    def _made(self) -> GenerationsPanel:
        from packdesk.ui.generations.generations_panel import GenerationsPanel  # noqa: PLC0415  (see above)

        panel, archive = GenerationsPanel(self._unit), self._archive
        panel.set_theme(self._theme)
        panel.searched.connect(self._search)
        panel.compare_wanted.connect(self.compare)
        panel.grid.chosen.connect(self._choose)
        panel.grid.menu_wanted.connect(self._show_menu)
        panel.grid.delete_wanted.connect(self.delete)
        panel.model.thumbnail_wanted.connect(archive.want_thumbnail)
        archive.thumbnail_made.connect(panel.model.put_thumbnail)
        self._place.fill(panel, panel.search)
        return panel

    @Slot(object, bool)
    def _show_found(self, found: Found, looking: bool) -> None:  # noqa: FBT001  (a slot)
        if self.panel is not None:
            self.panel.show_found(found, looking=looking)

    @Slot(str, bool)
    def _search(self, text: str, favourites: bool) -> None:  # noqa: FBT001  (a slot)
        self._archive.search(text, favourites=favourites)

    @Slot(object)
    def _choose(self, picture: IndexedPicture) -> None:
        if self._changeable:
            self._put(picture, self._target(picture))

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu()
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)

    def _put(self, picture: IndexedPicture, panel_id: str) -> None:
        self.put.emit(panel_id, Offer((IncomingPicture(picture.words, kept=picture.sha256),)))

    def _target(self, picture: IndexedPicture) -> str:
        """The selected panel, else the one the picture was made for, else the lead panel."""
        known = PANEL_IDS[self._package_type]
        wanted = (self._selected, picture.panel, LEAD_PANEL[self._package_type])
        return next(panel_id for panel_id in wanted if panel_id in known)


class _Shown:
    """Shows two pictures in a dialog, unless that was closed meanwhile."""

    def __init__(self, dialog: CompareDialog) -> None:
        self._open = True
        self._pictures = dialog.pictures
        dialog.finished.connect(self._close)

    def _close(self) -> None:
        self._open = False

    def __call__(self, first: QImage, second: QImage) -> None:
        if self._open:
            self._pictures.show_pictures(first, second)
