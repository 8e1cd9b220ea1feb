"""What can be done with the selected panel, from menu, key, drop or paste."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from packdesk.domain.assigning import assign
from packdesk.domain.panels import PANEL_IDS
from packdesk.errors import BadPictureError
from packdesk.ui.dropping import Offer, ask_for_pictures, ask_where_to_save, offer, offer_files, png_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.artwork_controller import ArtworkController
    from packdesk.textures.pixmaps import PixmapMap
    from packdesk.ui.actions import WindowActions

_COPY = "Copy a picture, its file, or its address in a browser."


class PanelCommands(QObject):
    """Carries out the panel's actions and enables those that make sense.

    Args:
        artwork: changes the panels.
        pixmaps: the pictures on screen.
        actions: of the window.
        above: the widget that file dialogs open above.
    """

    def __init__(
        self, artwork: ArtworkController, pixmaps: PixmapMap, actions: WindowActions, above: QWidget
    ) -> None:
        super().__init__(above)
        self._artwork = artwork
        self._pixmaps = pixmaps
        self._actions = actions
        self._above = above
        self._panel: str | None = None
        self._package_type: PackageType = "box"
        actions["import"].triggered.connect(self.import_file)
        actions["copy"].triggered.connect(self._copy)
        actions["paste"].triggered.connect(self._paste)
        actions["save_panel"].triggered.connect(self._save)
        self._changes: dict[str, Callable[[str], None]] = {
            "turn": artwork.turn_picture,
            "fit": partial(artwork.fit_picture, fit="fit"),
            "fill": partial(artwork.fit_picture, fit="crop"),
            "clear_panel": artwork.clear_panel,
        }
        for name in self._changes:
            actions[name].triggered.connect(partial(self._change, name))

    def show_selected(self, panel: str | None, state: PackagingState, *, changeable: bool) -> None:
        """Work on this panel; `changeable` while its artwork may be changed."""
        self._panel, self._package_type = panel, state.package_type
        has_picture = panel is not None and panel in state.panel_textures
        on_screen = panel is not None and self._pixmaps.get(panel) is not None
        for name in ("import", "paste"):
            self._actions[name].setEnabled(panel is not None and changeable)
        for name in self._changes:
            self._actions[name].setEnabled(has_picture and changeable)
        for name in ("copy", "save_panel"):
            self._actions[name].setEnabled(on_screen)

    @Slot(str, object)
    def put(self, panel: str, offered: Offer) -> None:
        """Put what is offered on a panel; several pictures also on others, by their names, then in order."""
        names = [picture.name for picture in offered.pictures]
        chosen = assign(names, PANEL_IDS[self._package_type], panel)
        pictures = {panel_id: offered.pictures[number] for panel_id, number in chosen.items()}
        spare = [name for number, name in enumerate(names) if number not in chosen.values()]
        self._artwork.put_pictures(pictures, [*spare, *offered.others])

    @Slot()
    def import_file(self) -> None:
        """Let the user choose pictures, from the selected panel on."""
        if self._panel is not None:
            files = ask_for_pictures(self._above, self.tr("Import pictures"))
            if files:
                self.put(self._panel, offer_files(files))

    @Slot()
    def _copy(self) -> None:
        shown = self._pixmaps.get(self._panel or "")
        if shown is None:
            return
        if (shown.image.width(), shown.image.height()) == shown.size:
            QGuiApplication.clipboard().setImage(shown.image)
        else:
            self._artwork.copy_picture(shown.url, QGuiApplication.clipboard().setImage)

    @Slot()
    def _paste(self) -> None:
        if self._panel is None:
            return
        offered = offer(QGuiApplication.clipboard().mimeData())
        if offered == Offer():
            self._artwork.failed.emit(BadPictureError("The clipboard holds no picture.", _COPY))
        else:
            self.put(self._panel, offered)

    @Slot()
    def _save(self) -> None:
        if self._panel is not None:
            title, name = self.tr("Save the panel's picture"), Path(f"{self._panel}.png")
            file = ask_where_to_save(self._above, title, name, png_kind())
            if file is not None:
                self._artwork.save_picture(self._panel, file)

    def _change(self, name: str) -> None:
        if self._panel is not None:
            self._changes[name](self._panel)
