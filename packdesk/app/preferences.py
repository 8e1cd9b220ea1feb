"""What the settings dialog changes: checked, kept in the file, and put to use while the window is open."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from packdesk.app.boards import usable_boards
from packdesk.app.choices import export_options
from packdesk.jobs.settings_controllers import KeyController, SpendingController
from packdesk.settings import Settings, read_settings, save_setting, save_settings
from packdesk.store.address import checked_address
from packdesk.ui.spoken import error_text
from packdesk.ui.theme import wanted_theme
from packdesk.ui.units import UNITS

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.order import GenerationOrder
    from packdesk.errors import PackdeskError
    from packdesk.generation.gemini.provider import GeminiProvider
    from packdesk.generation.keys import KeyKeeper
    from packdesk.jobs.session import Session
    from packdesk.services.container import Services
    from packdesk.ui.dialogs.settings_dialog import SettingsDialog
    from packdesk.ui.window.main_window import MainWindow

_PROVIDER = {"provider", "gemini_model", "gemini_size", "monthly_limit_usd"}
_OPTIONS = {"all_at_once", "parallel", "dpi"}


class Preferences(QObject):
    """Opens the dialog for a window and carries out what is set in it.

    Signals:
        theme_changed: the window's `Theme`.
        unit_changed: the `Unit` of its lengths.
        turning_changed: whether the view turns to a panel that is selected.
        start_page_changed: whether a window opens with the shelf of designs.
        resolution_changed: the dpi that artwork shall have in print.
    """

    theme_changed = Signal(object)
    unit_changed = Signal(object)
    turning_changed = Signal(bool)
    start_page_changed = Signal(bool)
    resolution_changed = Signal(float)

    def __init__(self, settings: Settings, keys: KeyKeeper, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._settings = settings
        self._keys = keys
        self._session = session
        self._above = window.centre  # the window itself would live beyond its end, and the display with it
        self._dialog: SettingsDialog | None = None
        self._key_controller = KeyController(session.bridge, keys, self._gemini, self)
        self._spending = SpendingController(session.bridge, self)
        self._key_controller.found.connect(session.generation.prepare_provider)
        window.settings_wanted.connect(self.open)
        window.theme_chosen.connect(partial(self._on_edited, "theme"))
        window.unit_chosen.connect(partial(self._on_edited, "units"))
        if (reason := self._fixed().get("units")) is not None:
            window.package.units.set_fixed(reason)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme)
        window.paint_here_wanted.connect(self._paint_here)
        window.exports.use_boards(usable_boards())
        window.exports.set_options(export_options(settings), settings.dpi)
        window.exports.kept.connect(self._on_kept)
        self.theme_changed.connect(window.set_theme)
        self.unit_changed.connect(window.set_unit)
        window.shelf.set_at_start(settings.start_page)
        window.shelf.at_start_chosen.connect(partial(self._on_edited, "start_page"))
        self.start_page_changed.connect(window.shelf.set_at_start)
        window.set_turns_to_panels(settings.turn_to_panel)
        self.turning_changed.connect(window.set_turns_to_panels)
        self.resolution_changed.connect(window.exports.use_resolution)

    @property
    def settings(self) -> Settings:
        """As they are now."""
        return self._settings

    @Slot()
    def open(self) -> None:
        """Show the dialog."""
        if self._dialog is None:
            self._dialog = self._made()
        self._dialog.show_values(self._values(), self._fixed())
        self._key_controller.find()
        self._spending.find()
        self._dialog.show()
        self._dialog.raise_()

    def _made(self) -> SettingsDialog:
        from packdesk.ui.dialogs.settings_dialog import SettingsDialog  # noqa: PLC0415  (the window starts without it)

        dialog = SettingsDialog(self._above)
        dialog.edited.connect(self._on_edited)
        dialog.key.entered.connect(self._key_controller.remember)
        dialog.key.tested.connect(self._key_controller.test)
        dialog.key.removed.connect(self._key_controller.forget)
        self._key_controller.found.connect(dialog.key.show_source)
        self._key_controller.works.connect(dialog.key.show_works)
        self._key_controller.failed.connect(dialog.key.show_problem)
        self._connect_spending(dialog)
        return dialog

    def _connect_spending(self, dialog: SettingsDialog) -> None:
        spending = self._spending
        spending.month_found.connect(dialog.month.show_month)
        spending.prices_found.connect(dialog.prices.show_prices)
        spending.month_failed.connect(dialog.month.show_problem)
        spending.prices_failed.connect(dialog.prices.show_problem)
        spending.file_ready.connect(self._open_file)
        dialog.prices.edit_wanted.connect(spending.begin_file)
        for ended in (self._session.generation.finished, self._session.generation.stopped):
            ended.connect(spending.find)

    def _values(self) -> dict[str, object]:
        values: dict[str, object] = dict(self._settings)
        url = self._settings.redis_url
        values["redis_url"] = url.get_secret_value() if url else None
        return values

    @staticmethod
    def _fixed() -> dict[str, str]:
        reason = QCoreApplication.translate("Preferences", "Set by {0} in the environment.")
        variables = {name: f"PACKDESK_{name.upper()}" for name in Settings.model_fields}
        return {
            name: reason.format(variable) for name, variable in variables.items() if os.environ.get(variable)
        }

    @Slot(str, object)
    def _on_edited(self, name: str, value: object) -> None:
        self._session.bridge.start(self._save(name, value), partial(self._refuse, name))

    async def _save(self, name: str, value: object) -> None:
        self._use(name, await self._session.bridge.work(_saved, name, value))

    def _use(self, name: str, saved: Settings) -> None:
        # Only that one setting: options of the command line stay as they are.
        self._settings = self._settings.model_copy(update={name: getattr(saved, name)})
        if self._dialog is not None:
            self._dialog.field(name).show_value(self._values()[name])
            self._dialog.field(name).show_problem("")
        if name in _PROVIDER:
            self._change_provider()
            self._session.bridge.tell(partial(_use_limit, self._settings), self._session.failed.emit)
        elif name in _OPTIONS or name == "cuts_mb":
            session = self._session
            session.bridge.tell(partial(_put_to_use, self._settings), session.failed.emit)
            self.resolution_changed.emit(self._settings.dpi)
        elif name == "theme":
            self.theme_changed.emit(wanted_theme(self._settings.theme))
        elif name == "units":
            self.unit_changed.emit(UNITS[self._settings.units])
        elif name == "turn_to_panel":
            self.turning_changed.emit(self._settings.turn_to_panel)
        elif name == "start_page":
            self.start_page_changed.emit(self._settings.start_page)

    def _refuse(self, name: str, error: PackdeskError) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.field(name).show_problem(error_text(error))
        else:
            self._session.failed.emit(error)

    def _change_provider(self) -> None:
        from packdesk.app.core import choose_provider  # noqa: PLC0415  (the first frame needs no services)

        self._session.generation.use_provider(choose_provider(self._settings, self._keys, beside_window=True))

    def _gemini(self) -> GeminiProvider:
        from packdesk.app.core import gemini_provider  # noqa: PLC0415  (as above)

        return gemini_provider(self._settings, self._keys)

    @Slot()
    def _on_scheme(self) -> None:
        if self._settings.theme == "system":
            self.theme_changed.emit(wanted_theme("system"))

    @Slot(object)
    def _paint_here(self, order: GenerationOrder) -> None:
        # For this session only: the settings keep what the user has chosen there.
        self._settings = self._settings.model_copy(update={"provider": "offline"})
        self._change_provider()
        self._session.generation.generate(order)

    @Slot(object)
    def _on_kept(self, values: dict[str, object]) -> None:
        self._session.bridge.start(self._keep(values), self._session.failed.emit)

    async def _keep(self, values: dict[str, object]) -> None:
        saved = await self._session.bridge.work(save_settings, values)
        kept = {name: getattr(saved, name) for name in values}
        self._settings = self._settings.model_copy(update=kept)

    @Slot(object)
    def _open_file(self, file: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
        self._spending.find()


def _saved(name: str, value: object) -> Settings:
    url = read_settings(redis_url=value).redis_url if name == "redis_url" else None
    if url is not None:  # with one that is no address packdesk would not start again
        checked_address(url.get_secret_value())
    return save_setting(name, value)


async def _use_limit(settings: Settings, services: Services) -> None:
    services.spending.use_limit(settings.monthly_limit_usd)


async def _put_to_use(settings: Settings, services: Services) -> None:
    from packdesk.app.core import MB, generation_options  # noqa: PLC0415  (as above)

    services.generation.use_options(generation_options(settings))
    services.pictures.use_resolution(settings.dpi)
    services.tidying.use_budget(settings.cuts_mb * MB)
