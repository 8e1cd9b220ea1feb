"""Places the parts and shows the state in them; `wiring` connects them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from packdesk.domain.dieline.build import shown_dieline
from packdesk.domain.panels import LEAD_PANEL, PANEL_IDS
from packdesk.domain.prompts import used_prompts
from packdesk.jobs.opening import REFUSED
from packdesk.ui.actions import WindowActions
from packdesk.ui.artwork.artwork_panel import ArtworkPanel
from packdesk.ui.artwork.panel_commands import PanelCommands
from packdesk.ui.artwork.panel_rows import panel_statuses
from packdesk.ui.dropping import last_folder, use_folder
from packdesk.ui.icons import app_icon
from packdesk.ui.package.package_panel import PackagePanel
from packdesk.ui.parts import Scrolled
from packdesk.ui.screens import open_in_the_middle
from packdesk.ui.theme import DARK, LIGHT, Theme, apply_theme
from packdesk.ui.units import MM, Unit, length_text
from packdesk.ui.view.centre import Centre
from packdesk.ui.view.scenes import Marked, flat_scene, view_scene
from packdesk.ui.wheel import guard_wheel
from packdesk.ui.window.appearance_watch import AppearanceWatch
from packdesk.ui.window.artwork_questions import ChangeInWords
from packdesk.ui.window.design_commands import BundleDrops, DesignCommands
from packdesk.ui.window.dock_title import DockTitle, has_lost_focus, titled_dock
from packdesk.ui.window.docks import Docks, arrange_docks, lay_over_artwork, share_corners
from packdesk.ui.window.export_commands import ExportCommands
from packdesk.ui.window.generations import Generations
from packdesk.ui.window.history import History
from packdesk.ui.window.links import LinkCommands
from packdesk.ui.window.menus import MainToolBar, RecentMenu, fill_menu_bar, panel_menu
from packdesk.ui.window.news import News
from packdesk.ui.window.objects import Objects
from packdesk.ui.window.picture_commands import PictureCommands
from packdesk.ui.window.presentation import Presentation
from packdesk.ui.window.range_commands import RangeCommands
from packdesk.ui.window.remarks import Remarks
from packdesk.ui.window.restorable_window import RestorableWindow
from packdesk.ui.window.shelf_commands import ShelfCommands
from packdesk.ui.window.sights import Sights
from packdesk.ui.window.status import Status
from packdesk.ui.window.supplied import Supplied
from packdesk.ui.window.view_commands import ViewCommands
from packdesk.ui.window.window_help import WindowHelp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QCloseEvent

    from packdesk.domain.dieline.values import Dieline
    from packdesk.jobs.session import Session
    from packdesk.viewer.pinning import Place

FIRST_SIZE = QSize(1440, 900)
LEAST_PACKAGE_WIDTH, LEAST_ARTWORK_WIDTH = 256, 325
"""With a scroll bar. Both leave room for the view on 1366 pixels scaled by 1.5."""


class MainWindow(RestorableWindow):
    """The window of one design.

    Signals:
        settings_wanted: the user wants to see the settings.
        theme_chosen: `light` or `dark`, by the user.
        unit_chosen: a unit by its name in the settings, by the user.
        paint_here_wanted: have a `GenerationOrder` painted on this computer.
        copy_wanted: make the bundle that is reviewed the current design.
    """

    settings_wanted = Signal()
    theme_chosen = Signal(str)
    unit_chosen = Signal(str)
    paint_here_wanted = Signal(object)
    copy_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, samples: int | None = None, unit: Unit = MM) -> None:
        super().__init__()
        self.setWindowTitle("packdesk")
        self.setWindowIcon(app_icon())
        self._session, self._theme, self.unit = session, theme, unit
        self.turns_to_panels = True
        self._marked = Marked()
        self._first_folder = last_folder()
        self.actions_ = WindowActions(self)
        self.history = History(self)
        self.centre = Centre(samples)
        self.view, self.flat, self.messages = self.centre.view, self.centre.flat, self.centre.messages
        self.package = PackagePanel()
        self.artwork = ArtworkPanel(session.textures, session.links, self.actions_)
        self.status = Status(session.store_place, session.generation.provider)
        self._place()
        self._make_commands(session)
        self.news = News(session, self.messages)
        self.bundle_drops = BundleDrops(self)
        self.help = WindowHelp(self.actions_, self.centre, self.menuBar())
        guard_wheel(self)
        self._dressed = QTimer(self, singleShot=True, interval=0)
        self._dressed.timeout.connect(self._paint_again)
        self.set_unit(unit)
        self.set_theme(theme)

    def _make_commands(self, session: Session) -> None:
        actions, centre, pixmaps = self.actions_, self.centre, session.pixmaps
        self.commands = PanelCommands(session.artwork, pixmaps, actions, centre)
        self.links = LinkCommands(session.links, actions, self.messages, centre)
        self.view_commands = ViewCommands(actions, centre)
        self.appearance = AppearanceWatch(actions, centre)
        self.exports = ExportCommands(session.exports, pixmaps, actions, centre, self.appearance.shown)
        self.ranges = RangeCommands(session, actions, centre, self.appearance.shown)
        self.pictures = PictureCommands(session, actions, centre, self.exports, self.appearance)
        self.designs = DesignCommands(actions, centre)
        self.changes = ChangeInWords(pixmaps, actions, centre)
        self.shelf = ShelfCommands(session, actions, centre)
        self.sights = Sights(session, actions, centre, self.history.stack)

    def set_theme(self, theme: Theme) -> None:
        """Show the window light or dark: dressed in one turn of the event loop, painted in the next."""
        self._theme = theme
        if self.isVisible():
            self.setUpdatesEnabled(False)
            self._dressed.start()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, theme)
        parts = (self.package, self.artwork, self.centre, self.actions_, *self._late, self.exports)
        for part in (*parts, self.ranges, self.help, self.shelf):
            part.set_theme(theme)
        for title in self.findChildren(DockTitle):
            title.set_theme(theme)
        self.actions_["dark"].setChecked(theme is DARK)
        self.show_package()
        self.show_flat()

    @Slot()
    def _paint_again(self) -> None:
        self.setUpdatesEnabled(True)

    def set_unit(self, unit: Unit) -> None:
        """Show and take lengths in millimetres or inches."""
        self.unit = self.changes.unit = unit
        for part in (self.package, self.artwork, self.exports, self.generations, self.supplied, self.objects):
            part.set_unit(unit)
        self.flat.set_length_text(partial(length_text, unit=unit))
        self.show_state()

    @Slot(bool)
    def set_turns_to_panels(self, turns: bool) -> None:  # noqa: FBT001  (a slot)
        """Whether the view turns to a panel that is selected elsewhere."""
        self.turns_to_panels = turns

    def layout_values(self) -> dict[str, Any]:
        """Geometry, docks, views, and what else is kept with them, for JSON."""
        kept = {
            "dismissed": self.news.dismissed,
            "folder": last_folder(),
            "recent": [str(file) for file in self._session.recent.files],
        }
        return super().layout_values() | self.view_commands.values() | kept

    def restore_layout(self, values: Mapping[str, Any]) -> bool:
        """Lay the window out as kept; what cannot be used is passed over."""
        usable = super().restore_layout(values)
        if usable:
            share_corners(self)  # what an older version kept has others
            if new := [dock for dock in self._docks[3:] if not self.knows_dock(values, dock)]:
                lay_over_artwork(self, self._docks, new)
            self.view_commands.restore(values)
            self._session.recent.restore(values.get("recent"))
            folder, dismissed = values.get("folder"), values.get("dismissed")
            self._first_folder = folder if isinstance(folder, str) else ""
            use_folder(self._first_folder)
            self.news.dismissed = dismissed if isinstance(dismissed, str) else ""
        return usable

    @Slot()
    def reset_layout(self) -> None:
        """Lay the window out as at the first start."""
        self.actions_["full_screen"].setChecked(False)
        super().reset_layout()
        arrange_docks(self, self._docks)
        self.view_commands.restore({})

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt's name)
        """Save what waits, end the work, free the graphics card."""
        layout = self.unkept_layout()
        if layout is None and last_folder() != self._first_folder and not self.presentation.active:
            layout = self.layout_values()
        self.hide()  # a store that does not answer may take seconds
        if layout is not None:
            self.layout_closed.emit(layout)
        self.appearance.flush()
        self.shelf.flush()
        self._session.close()
        self.view.release_gl()
        self.help.close()
        super().closeEvent(event)

    def _place(self) -> None:
        self.bar = MainToolBar(self.actions_)
        self.addToolBar(self.bar)
        self.setStatusBar(self.status)
        # Tab goes through them in the order they are placed: from left to right.
        package, artwork = Scrolled(self.package), self.artwork
        self.package_dock = titled_dock(
            self, "package", self.tr("Package"), package, self.package.width_row.field
        )
        self.setCentralWidget(self.centre)
        self.artwork_dock = titled_dock(self, "artwork", self.tr("Artwork"), artwork, artwork.prompt.edit)
        package.setMinimumWidth(LEAST_PACKAGE_WIDTH)
        artwork.setMinimumWidth(LEAST_ARTWORK_WIDTH)
        self.generations = Generations(self, self._session.archive, self._theme, self.unit)
        self.remarks = Remarks(self, self._session.reviews, self.actions_["pins"], self.centre, self._theme)
        self.supplied = Supplied(self, self._session.overlays, self.flat, self._theme)
        self.objects = Objects(self, self._session, self.centre, self._theme)
        self._late = (self.generations, self.remarks, self.supplied, self.objects)
        self._docks = docks = Docks(self.package_dock, self.artwork_dock, *(one.dock for one in self._late))
        share_corners(self)
        arrange_docks(self, docks)
        self.recent_menu = RecentMenu(self)
        toggles = [dock.toggleViewAction() for dock in docks]
        fill_menu_bar(self.menuBar(), self.actions_, toggles, self.recent_menu)
        self.panel_menu = panel_menu(self, self.actions_)
        self.addActions(self.actions_.everywhere())
        for part, widget in (("view", self.view), ("flat", self.flat), ("list", self.artwork.list)):
            widget.addActions(self.actions_.local(part))
        open_in_the_middle(self, FIRST_SIZE)
        around = [self.menuBar(), self.bar, self.status, *docks]
        self.presentation = Presentation(self.view, around)
        self.watch_docks(list(docks))
        self.view.setFocus()

    @Slot()
    def show_state(self) -> None:
        """Show the design as it is now."""
        state = self._session.state
        self.package.setEnabled(not self._read_only)
        self.package.show_state(state)
        self.artwork.set_read_only(self._read_only)
        self.artwork.prompt.show_used(used_prompts(state))
        self.show_panels()
        self.show_package()

    @Slot()
    def show_name(self) -> None:
        """Say in the title which design this is, and with whom it is shared."""
        if (own := self._session.shelf.own) is not None:
            self.setWindowTitle(f"{own.name} – packdesk")
        elif self._session.is_shared:
            self.setWindowTitle(self.tr("Shared on {0} – packdesk").format(self._session.store_place))

    @Slot()
    def show_panels(self) -> None:
        """Show what is on the panels, what is being generated, and what can be done now."""
        state, job = self._session.state, self._session.job
        self._marked = self._marked.within(PANEL_IDS[state.package_type])
        busy = job.running or state.generating or self._read_only
        chosen = self._marked.chosen
        inside = self.sights.inside
        self.artwork.show_panels(state, job, chosen, inside.rows if inside.active else None)
        self.show_progress()
        self.commands.show_selected(chosen, state, changeable=not busy)
        outside = not (busy or inside.active)
        for commands in (self.changes, self.links, self.objects, self.sights):
            commands.show_selected(() if inside.active else chosen, state, changeable=outside)
        self.generations.show_selected(chosen, state.package_type, changeable=not busy)
        for part in (self.artwork.list, self.flat):
            part.set_changeable(changeable=not busy)
        for name in ("generate_all", "another"):
            self.actions_[name].setEnabled(outside)
        self.actions_["import_sheet"].setEnabled(not busy)
        self.actions_["generate_one"].setEnabled(outside and bool(chosen))
        for name in ("open", "new"):
            self.actions_[name].setEnabled(not self._read_only)
        self.show_cancel()
        begun = state.updated_at is not None or state.panel_textures or not self._session.appearance.begun
        self.centre.welcome.setHidden(bool(begun or busy or self.presentation.active))
        self.show_flat()

    @Slot()
    def show_progress(self) -> None:
        """Show what is being generated, here or elsewhere."""
        session = self._session
        self.artwork.show_progress(session.state, session.job, silent=session.flags.silent)

    @Slot()
    def show_cancel(self) -> None:
        """Allow Cancel while there is something to leave or to stop."""
        self.actions_["cancel"].setEnabled(self._session.job.running or self.presentation.active)

    @Slot()
    def show_package(self) -> None:
        """Show the package in 3D: of another design, with other pictures, or in another look."""
        marked, shown = Marked() if self.presentation.active else self._marked, self.centre.look_bar
        scene = view_scene(self._dieline(), self.sights.seen, marked, self._theme, shown)
        self.view.set_scene(self.sights.inside.in_space(scene))

    @Slot()
    def show_dieline(self) -> None:
        """Lay the package flat as the export dialog says."""
        self.package.set_dieline_options(self.exports.dieline_options)
        self.appearance.set_blank(self.exports.dieline_options)
        self.show_package()
        self.show_flat()

    @Slot()
    def show_flat(self) -> None:
        """Show the package laid flat."""
        session, seen = self._session, self.sights.seen
        said = panel_statuses(session.state, session.job, session.textures)
        scene = flat_scene(self._dieline(), seen, said, self._marked, self._theme)
        self.flat.set_scene(self.sights.inside.flat(scene))

    def _dieline(self) -> Dieline:
        state = self._session.state
        return shown_dieline(state.package_type, state.package_dimensions, self.exports.dieline_options)

    @property
    def _read_only(self) -> bool:
        return self._session.connection in {"review", *REFUSED}

    @Slot(str)
    def select(self, panel_id: str) -> None:
        """Select a panel, or none with ''."""
        self.select_panels((panel_id,) if panel_id else ())

    @Slot(object)
    def select_panels(self, panel_ids: Sequence[str]) -> None:
        """Select panels; the view turns to one that is hidden, if that is set."""
        first = next(iter(panel_ids), None)
        self._marked = self._marked._replace(selected=first, others=tuple(panel_ids[1:]))
        self.show_panels()
        self.show_package()
        if len(panel_ids) == 1 and self.turns_to_panels:
            self.view.turn_to(panel_ids[0])

    @Slot(object)
    def show_place(self, place: Place) -> None:
        """Select the panel of a place, and turn to the place if the view turns to panels."""
        if place.panel_id in PANEL_IDS[self._session.state.package_type]:
            self.select(place.panel_id)
            if self.turns_to_panels:
                self.view.turn_to_place(place)

    @Slot(str)
    def hover(self, panel_id: str) -> None:
        """Outline a panel faintly, or none with ''."""
        self._marked = self._marked._replace(hovered=panel_id)
        self.show_package()
        self.show_flat()

    @Slot(str, object)
    def show_panel_menu(self, panel_id: str, place: QPoint) -> None:
        """Show what can be done with a panel, or with all that are selected if it is one of them."""
        if panel_id:
            if panel_id not in self._marked.chosen:
                self.select(panel_id)
            self.panel_menu.popup(place)

    @Slot()
    def import_first(self) -> None:
        """Import a picture onto the lead panel, unless another one is selected."""
        self.select(self._marked.selected or LEAD_PANEL[self._session.state.package_type])
        self.commands.import_file()

    @Slot()
    def escape(self) -> None:
        """Leave the presentation; outside it, stop generating."""
        if self.presentation.active:
            self.actions_["full_screen"].setChecked(False)
        else:
            self._session.generation.cancel()

    @Slot()
    def show_presented(self) -> None:
        """Show the package alone, with no panel marked; or everything again."""
        self.show_panels()
        self.show_package()

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: FBT001, N802  (Qt's name)
        """When what had the focus is disabled or hidden, the view has it: Qt would take what comes next."""
        if has_lost_focus(self):
            self.view.setFocus()
            return True
        return super().focusNextPrevChild(following)

    @Slot(bool)
    def choose_theme(self, dark: bool) -> None:  # noqa: FBT001  (a slot)
        """Show the window as the user chose, and emit it."""
        self.set_theme(DARK if dark else LIGHT)
        self.theme_chosen.emit(self._theme.name)
