"""Draws the pictures in docs/images with the real window. Run by `make screenshots`, on any display."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from packdesk.app.core import build_services
from packdesk.app.window import make_application
from packdesk.domain.panels import PANEL_IDS
from packdesk.errors import GenerationFailedError
from packdesk.generation.offline import OfflineProvider
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.store.sqlite import SqliteStore
from packdesk.ui.main_window import MainWindow
from packdesk.ui.theme import DARK, LIGHT, Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.request import PanelRequest
    from packdesk.services.bundle import Services
    from packdesk.textures.check import CleanPicture

IMAGES = Path(__file__).resolve().parent / "images"
FLORAL = "Vintage floral pattern in navy and blush with gold, “Sol Field”, “Evening Tea”"
TUBE = "Botanical herbs, fresh green and cream, “Fern House”, “Garden Tea”"


class StagedProvider(OfflineProvider):
    """The offline painter, with panels that fail or never come."""

    def __init__(self) -> None:
        super().__init__()
        self.failing: tuple[str, ...] = ()
        self.endless: tuple[str, ...] = ()

    async def generate(self, request: PanelRequest) -> CleanPicture:
        """Paint, fail or wait, as staged."""
        if request.panel_id in self.failing:
            raise GenerationFailedError("the model refused the picture (safety).")
        if request.panel_id in self.endless:
            await asyncio.Event().wait()
        return await super().generate(request)


class Studio:
    """One window, brought into a state and photographed light and dark."""

    def __init__(self, folder: Path) -> None:
        settings = read_settings(data_dir=folder / "data", cache_dir=folder / "cache", dpi=200)
        self.store = SqliteStore(folder / "packdesk.sqlite3")
        self.provider = StagedProvider()
        services = build_services(settings, self.store, self.provider)
        self.services: Services = replace(services, store_place="~/.local/share/packdesk/packdesk.sqlite3")
        self.session = Session(self.services)
        self.window = MainWindow(self.session, LIGHT)
        self.window.show()
        self.session.begin()

    def until(self, condition: Callable[[], bool]) -> None:
        """Run the event loop until the condition holds and the picture is complete."""
        loop = QEventLoop()
        timer = QTimer()
        timer.timeout.connect(lambda: loop.quit() if condition() and self.window.view.complete else None)
        timer.start(100)
        loop.exec()

    def shoot(self, name: str, themes: tuple[Theme, ...] = (LIGHT, DARK)) -> None:
        """Write one picture a theme."""
        for theme in themes:
            self.window.set_theme(theme)
            self.pause()
            self.window.grab().save(str(IMAGES / f"{name}-{theme.name}.png"))
            print(f"{name}-{theme.name}.png")

    def pause(self) -> None:
        """Let everything that waits be drawn."""
        loop = QEventLoop()
        QTimer.singleShot(400, loop.quit)
        loop.exec()

    def paint(self, prompt: str) -> None:
        """Generate all panels and wait for them."""
        self.window.artwork.prompt.edit.setPlainText(prompt)
        self.session.artwork.generate_all(prompt)
        wanted = len(PANEL_IDS[self.session.state.package_type])
        self.until(
            lambda: not self.session.artwork.job.view.running and len(self.session.textures.pixmaps) >= wanted
        )


def main() -> None:
    """Go through the states."""
    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder))
        studio.until(lambda: True)
        studio.shoot("empty")
        studio.session.set_dimensions(100, 150, 60)
        studio.paint(FLORAL)
        studio.shoot("box")
        studio.provider.endless = ("right", "top", "bottom")
        studio.session.artwork.generate_all(FLORAL.replace("navy", "emerald"))
        studio.until(lambda: studio.session.artwork.job.view.done >= 3)
        studio.shoot("generating")
        studio.session.artwork.cancel()
        studio.until(
            lambda: not studio.session.artwork.job.view.running and studio.window.messages.isVisible()
        )
        studio.shoot("unfinished")
        studio.window.messages.hide()
        studio.provider.endless, studio.provider.failing = (), ("left", "top")
        studio.session.artwork.generate_all("Terrazzo chips in cream and terracotta, “North Fold”")
        studio.until(lambda: not studio.session.artwork.job.view.running)
        studio.window.artwork.list.setCurrentRow(2)
        studio.shoot("failed")
        studio.provider.failing = ()
        studio.session.set_package_type("cylinder")
        studio.paint(TUBE)
        studio.window.artwork.list.setCurrentRow(0)
        studio.shoot("cylinder")
        studio.window.close()
        studio.store.close()
    del app  # it had to live until here


if __name__ == "__main__":
    main()
