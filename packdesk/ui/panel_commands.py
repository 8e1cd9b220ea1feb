"""What can be done with the selected panel, from menu, key, drop or paste."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from packdesk.textures.images import encode_png
from packdesk.ui.dropping import ask_for_picture, ask_where_to_save, offer, png_kind

if TYPE_CHECKING:
    from packdesk.jobs.session import Session
    from packdesk.ui.actions import WindowActions


class PanelCommands(QObject):
    """Connects the panel's actions to the session and enables those that make sense."""

    def __init__(self, session: Session, actions: WindowActions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._panel: str | None = None
        for name, command in (
            ("import", self.import_file),
            ("copy", self._copy),
            ("paste", self._paste),
            ("save_panel", self._save),
            ("turn", self._turn),
            ("fit", self._fit),
            ("fill", self._fill),
            ("clear_panel", self._clear),
        ):
            actions[name].triggered.connect(command)

    def show_selected(self, panel: str | None, *, changeable: bool) -> None:
        """Work on this panel; `changeable` while its artwork may be changed."""
        self._panel = panel
        has_picture = panel is not None and panel in self._session.state.panel_textures
        on_screen = panel is not None and self._session.textures.pixmaps.get(panel) is not None
        for name in ("import", "paste"):
            self._actions[name].setEnabled(panel is not None and changeable)
        for name in ("turn", "fit", "fill", "clear_panel"):
            self._actions[name].setEnabled(has_picture and changeable)
        for name in ("copy", "save_panel"):
            self._actions[name].setEnabled(on_screen)

    @Slot(str, object)
    def put_file(self, panel: str, file: Path) -> None:
        """Put a picture file on a panel."""
        self._session.artwork.import_picture(panel, file)

    @Slot(str, object)
    def put_image(self, panel: str, image: QImage) -> None:
        """Put a picture from another program on a panel."""
        self._session.artwork.paste_picture(panel, partial(encode_png, image))

    @Slot()
    def import_file(self) -> None:
        """Let the user choose a picture for the selected panel."""
        if self._panel is not None:
            file = ask_for_picture(self._window, self.tr("Import a picture"))
            if file is not None:
                self.put_file(self._panel, file)

    @property
    def _window(self) -> QWidget:
        window = self.parent()
        assert isinstance(window, QWidget), "see __init__"
        return window

    @Slot()
    def _copy(self) -> None:
        shown = self._session.textures.pixmaps.get(self._panel or "")
        if shown is None:
            return
        if (shown.image.width(), shown.image.height()) == shown.size:
            QGuiApplication.clipboard().setImage(shown.image)
        else:
            self._session.artwork.copy_picture(shown.url, QGuiApplication.clipboard().setImage)

    @Slot()
    def _paste(self) -> None:
        if self._panel is None:
            return
        picture = offer(QGuiApplication.clipboard().mimeData())
        if isinstance(picture, QImage):
            self.put_image(self._panel, picture)
        elif picture is not None:
            self.put_file(self._panel, picture)

    @Slot()
    def _save(self) -> None:
        if self._panel is not None:
            title, name = self.tr("Save the panel's picture"), Path(f"{self._panel}.png")
            file = ask_where_to_save(self._window, title, name, png_kind())
            if file is not None:
                self._session.artwork.save_picture(self._panel, file)

    @Slot()
    def _turn(self) -> None:
        if self._panel is not None:
            self._session.artwork.turn_picture(self._panel)

    @Slot()
    def _fit(self) -> None:
        if self._panel is not None:
            self._session.artwork.fit_picture(self._panel, "fit")

    @Slot()
    def _fill(self) -> None:
        if self._panel is not None:
            self._session.artwork.fit_picture(self._panel, "fill")

    @Slot()
    def _clear(self) -> None:
        if self._panel is not None:
            self._session.artwork.clear_panel(self._panel)
