"""What can be done with the selected panels, from menu, key, drop or paste."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication

from packdesk.domain.assigning import assign
from packdesk.domain.panels import LEAD_PANEL, PANEL_IDS
from packdesk.errors import BadPictureError
from packdesk.ui.dropping import Offer, ask_for_pictures, ask_where_to_save, offer, offer_files, png_kind
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.artwork_controller import ArtworkController
    from packdesk.jobs.inside_controller import InsideController
    from packdesk.textures.pixmaps import PixmapMap
    from packdesk.ui.actions import WindowActions

_CHANGES = ("turn", "fit", "fill", "clear_panel")
_COPY = "Copy a picture, its file, or its address in a browser."


class PanelCommands(QObject):
    """Carries out the panels' actions and enables those that make sense: for one panel, or for several.

    Args:
        artwork: changes the panels.
        pixmaps: the pictures on screen.
        actions: of the window.
        above: the widget that file dialogs open above.

    Signals:
        told: why what the keys asked for cannot be done.
    """

    told = Signal(str)

    def __init__(
        self, artwork: ArtworkController, pixmaps: PixmapMap, actions: WindowActions, above: QWidget
    ) -> None:
        super().__init__(above)
        self._outside = artwork, pixmaps
        self._artwork: ArtworkController | InsideController = artwork
        self._pixmaps = pixmaps
        self._inside: InsideController | None = None
        self._shows_inside: Callable[[], bool] = bool
        self._actions = actions
        self._above = above
        self._panel: str | None = None
        self._chosen: tuple[str, ...] = ()
        self._changeable = False
        self._package_type: PackageType = "box"
        self._pictured: tuple[str, ...] = ()
        self._followers: tuple[str, ...] = ()
        actions["import"].triggered.connect(self.import_file)
        actions["copy"].triggered.connect(self._copy)
        actions["paste"].triggered.connect(self._paste)
        actions["save_panel"].triggered.connect(self._save)
        actions.unavailable.connect(self._explain)
        actions["same_as_lead"].triggered.connect(self._copy_lead)
        for name in _CHANGES:
            actions[name].triggered.connect(partial(self._change, name))

    def set_inside(self, artwork: InsideController, active: Callable[[], bool]) -> None:
        """Work on the inside while that is shown."""
        self._inside, self._shows_inside = artwork, active

    def show_selected(self, chosen: Sequence[str], state: PackagingState, *, changeable: bool) -> None:
        """Work on these panels, or the one of them; `changeable` while their artwork may be changed."""
        self._chosen, self._changeable = tuple(chosen), changeable
        self._panel = chosen[0] if len(chosen) == 1 else None
        inside = self._inside if self._shows_inside() else None
        self._artwork, self._pixmaps = self._outside if inside is None else (inside, inside.pixmaps)
        shown: Collection[str] = state.panel_textures if inside is None else inside.own
        self._pictured = tuple(panel for panel in chosen if panel in shown)
        self._package_type, lead = state.package_type, LEAD_PANEL[state.package_type]
        self._followers = tuple(panel for panel in chosen if panel != lead)
        on_screen = [panel for panel in self._pictured if self._pixmaps.get(panel) is not None]
        self._actions["same_as_lead"].setText(self.tr("Sa&me as {0}").format(panel_name(lead)))
        for names, possible in (
            (("import",), self._panel is not None and changeable),
            (("paste",), bool(chosen) and changeable),
            (_CHANGES, bool(self._pictured) and changeable),
            (("same_as_lead",), bool(self._followers) and lead in shown and changeable),
            (("copy",), bool(on_screen)),
            (("save_panel",), self._panel in on_screen),
        ):
            for name in names:
                self._actions[name].setEnabled(possible)

    @Slot(str, str, bool)
    def drop_panel(self, panel: str, target: str, copies: bool) -> None:  # noqa: FBT001  (a slot)
        """Have two panels swap their artwork, or one take that of the other."""
        if copies:
            self._artwork.copy_panel(panel, [target])
        else:
            self._artwork.swap_panels(panel, target)

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
        if len(self._pictured) > 1:
            self._copy_files()
            return
        shown = self._pixmaps.get(next(iter(self._pictured), ""))
        if shown is None:
            return
        if (shown.image.width(), shown.image.height()) == shown.size:
            QGuiApplication.clipboard().setImage(shown.image)
        else:
            self._artwork.copy_picture(shown.url, QGuiApplication.clipboard().setImage)

    def _copy_files(self) -> None:
        """Several pictures at once: their files, and the first as a picture for who takes no files."""
        shown = [one for one in map(self._pixmaps.get, self._pictured) if one is not None]
        data = QMimeData()
        data.setUrls([url for one in shown if (url := QUrl(one.url)).isLocalFile()])
        if shown:
            data.setImageData(shown[0].image)
            QGuiApplication.clipboard().setMimeData(data)

    @Slot()
    def _copy_lead(self) -> None:
        self._artwork.copy_panel(LEAD_PANEL[self._package_type], self._followers)

    @Slot()
    def _paste(self) -> None:
        offered = offer(QGuiApplication.clipboard().mimeData())
        if offered == Offer():
            self._artwork.failed.emit(BadPictureError("The clipboard holds no picture.", _COPY))
        elif len(self._chosen) == 1:
            self.put(self._chosen[0], offered)
        else:
            self._put_on_chosen(offered)

    def _put_on_chosen(self, offered: Offer) -> None:
        """A single picture goes on each of them, several go on one each."""
        names = [picture.name for picture in offered.pictures]
        panels = [panel for panel in PANEL_IDS[self._package_type] if panel in self._chosen]
        alone = len(names) == 1
        numbers = dict.fromkeys(panels, 0) if alone else assign(names, panels, panels[0])
        pictures = {panel: offered.pictures[number] for panel, number in numbers.items()}
        spare = [name for number, name in enumerate(names) if number not in numbers.values()]
        self._artwork.put_pictures(pictures, [*spare, *offered.others])

    @Slot(str)
    def _explain(self, name: str) -> None:
        """Keys that do nothing say why."""
        if not self._chosen:
            self.told.emit(self.tr("Select a panel first."))
        elif not self._changeable and name != "copy":
            self.told.emit(self.tr("The panels cannot be changed now."))
        elif name == "import":
            self.told.emit(self.tr("Select one panel only: pictures are imported from it on."))
        elif self._pictured:
            self.told.emit(self.tr("The picture is not on this computer yet."))
        elif len(self._chosen) > 1:
            self.told.emit(self.tr("There is no artwork on these panels."))
        else:
            self.told.emit(self.tr("There is no artwork on: {0}.").format(panel_name(self._chosen[0])))

    @Slot()
    def _save(self) -> None:
        if self._panel is not None:
            title, name = self.tr("Save the panel's picture"), Path(f"{self._panel}.png")
            file = ask_where_to_save(self._above, title, name, png_kind())
            if file is not None:
                self._artwork.save_picture(self._panel, file)

    def _change(self, name: str) -> None:
        if not self._pictured:
            return
        if name == "turn":
            self._artwork.turn_pictures(self._pictured)
        elif name == "clear_panel":
            self._artwork.clear_panels(self._pictured)
        else:
            self._artwork.fit_pictures(self._pictured, "fit" if name == "fit" else "crop")
