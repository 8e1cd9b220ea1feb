"""The sample design, kept apart from the user's own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from packdesk.app.application import make_application
from packdesk.app.core import open_services
from packdesk.app.window import run_window
from packdesk.domain.order import GenerationOrder
from packdesk.domain.pack_words import words_in
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.size_edit import SizeEdit
from packdesk.errors import OutputUnwritableError, PackdeskError
from packdesk.textures.encoding import save_png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from packdesk.domain.state import PackagingState
    from packdesk.jobs.session import Session
    from packdesk.services.batch import Progress
    from packdesk.services.container import Services
    from packdesk.settings import Settings
    from packdesk.ui.window.main_window import MainWindow

PROMPT = "Vintage floral pattern in navy and blush with gold, “Sol Field”, “Evening Tea”"
SAMPLE_WORDS = words_in(PROMPT).model_copy(update={"sample": True})
SIZE_MM = (100.0, 150.0, 60.0)


def run_demo(settings: Settings, picture: Path | None, listener: Callable[[Progress], None]) -> int:
    """Open the window on the sample; with `picture`, write that file when all artwork shows, and close.

    Raises:
        OutputUnwritableError: the picture cannot be written.
    """
    sample = sample_settings(settings)
    app = make_application()
    with open_services(sample) as services:
        asyncio.run(prepare_sample(services, listener))
    if picture is None:
        return run_window(app, sample)
    photographers: list[Photographer] = []
    code = run_window(app, sample, lambda *opened: photographers.append(Photographer(picture, *opened)))
    if (failure := photographers[0].failure) is not None:
        raise failure
    return code


def sample_settings(settings: Settings) -> Settings:
    """Settings under which the sample lives in a folder of its own, on this machine only."""
    # Painted on this computer: a demonstration neither waits for a network nor costs anything.
    changes = {
        "data_dir": settings.data_dir / "demo",
        "texture_dir": None,
        "redis_url": None,
        "provider": "offline",
    }
    return settings.model_copy(update=changes)


async def prepare_sample(services: Services, listener: Callable[[Progress], None] | None = None) -> None:
    """Make the sample design, unless it is there whole from an earlier start."""
    await services.designs.clear_dead_generation()  # of a start that was killed
    state = await services.designs.get_state()
    if state.generating or await _is_whole(services, state):
        return
    await services.designs.update_dimensions(SizeEdit.of("box", *SIZE_MM, switches=True))
    await services.generation.keep_words(SAMPLE_WORDS)
    await services.generation.generate(GenerationOrder(PROMPT, words=SAMPLE_WORDS), listener)


async def _is_whole(services: Services, state: PackagingState) -> bool:
    if state.package_type != "box" or not set(PANEL_IDS["box"]) <= set(state.panel_textures):
        return False
    try:
        for panel_id in PANEL_IDS["box"]:
            await services.pictures.read_picture(state.panel_textures[panel_id].texture_url)
    except PackdeskError:
        return False
    return True


class Photographer(QObject):
    """Takes one picture of the window as soon as every texture is on screen, then closes it."""

    def __init__(self, file: Path, window: MainWindow, session: Session) -> None:
        super().__init__()
        self._file, self._window, self._session = file, window, session
        self.failure: OutputUnwritableError | None = None
        session.textures.changed.connect(self._look)
        session.state_changed.connect(self._look)

    @Slot()
    def _look(self) -> None:
        if self._session.textures.settled and self._session.state.panel_textures:
            self._session.textures.changed.disconnect(self._look)
            self._session.state_changed.disconnect(self._look)
            self._window.view.frameSwapped.connect(self._on_frame)

    @Slot()
    def _on_frame(self) -> None:
        if self._window.view.complete:
            self._window.view.frameSwapped.disconnect(self._on_frame)
            QTimer.singleShot(0, self._take)  # not from within a frame

    @Slot()
    def _take(self) -> None:
        try:
            save_png(self._window.grab().toImage(), self._file)
        except OutputUnwritableError as error:
            self.failure = error
        self._window.close()
