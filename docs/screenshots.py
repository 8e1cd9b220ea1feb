"""Draws pictures of the real window, on any display.

Those of the README, into docs/images (`make screenshots`); with a folder as its word all states, light and
dark, into that folder, to be looked through.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import uuid
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pictures import IMAGES, write_picture
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QDialog

from packdesk.app.application import make_application
from packdesk.app.core import build_services
from packdesk.domain.dimensions import DEFAULT_DIMENSIONS
from packdesk.domain.order import GenerationOrder
from packdesk.domain.pack_words import words_in
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.review import FORMAT, VERSION, sign
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.state import utc_text
from packdesk.domain.transitions import begin, fail
from packdesk.errors import GenerationFailedError, StoreRefusedError, StoreUnavailableError
from packdesk.generation.offline.provider import OfflineProvider
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.services.shared_state import SharedState
from packdesk.settings import read_settings
from packdesk.store.base import Write
from packdesk.store.sqlite import SqliteStore
from packdesk.ui.theme import DARK, LIGHT, Theme
from packdesk.ui.window.wiring import make_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.request import PanelRequest
    from packdesk.services.container import Services
    from packdesk.store.base import WriteResult
    from packdesk.textures.check import CleanPicture

FLORAL = "Vintage floral pattern in navy and blush with gold, “Sol Field”, “Evening Tea”"
TUBE = "Botanical herbs, fresh green and cream, “Fern House”, “Garden Tea”"


def sample_order(prompt: str) -> GenerationOrder:
    """All panels, with sample text where the prompt says no words."""
    return GenerationOrder(prompt, words=words_in(prompt).model_copy(update={"sample": True}))


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


class StagedStore:
    """A shared store, as far as the window can tell, that goes away or takes no changes when told to."""

    kind = "shared"
    place = "redis://studio:6379/0"

    def __init__(self, inner: SqliteStore) -> None:
        self._inner = inner
        self.away = self.read_only = False

    def __getattr__(self, name: str) -> Any:
        """Everything else is the inner store's, if it answers."""
        if self.away:
            raise StoreUnavailableError(
                "The Redis server at studio:6379 cannot be reached.", "packdesk goes on without it."
            )
        return getattr(self._inner, name)

    def write(self, write: Write) -> WriteResult:
        """Write, or refuse."""
        if self.read_only:
            raise StoreRefusedError(
                "The Redis server at studio:6379 is a read-only replica.", "Point packdesk at the primary."
            )
        result: WriteResult = self.__getattr__("write")(write)
        return result


class Studio:
    """One window, brought into a state and photographed."""

    def __init__(self, folder: Path, album: Path, *, local: bool = True) -> None:
        self.album = album
        settings = read_settings(data_dir=folder / "data", cache_dir=folder / "cache", dpi=300)
        self.store = StagedStore(SqliteStore(folder / "packdesk.sqlite3"))
        self.provider = StagedProvider()
        services = build_services(settings, self.store, self.provider)
        self.services: Services = replace(services, store_kind="local") if local else services
        self.session = Session(Opening.of(self.services))
        self.window = make_window(self.session, LIGHT)
        self.window.show()
        self.session.begin()
        self.until(lambda: True)

    def close(self) -> None:
        """Take it apart."""
        self.store.away = False
        self.window.close()
        self.store.close()

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
            write_picture(self.window.grab().toImage(), self.album / f"{name}-{theme.name}.webp")

    def answer(self, reviewer: str, verdict: str, remarks: tuple[tuple[Any, str], ...]) -> None:
        """Have somebody answer to a review page of the design as it is now, and wait for it."""
        self.pause()
        review = asyncio.run(self.services.reviews.issue("Sol Field"))
        said = [
            {"id": uuid.uuid4().hex, "panel": panel, "u": u, "v": v, "text": text, "at": utc_text()}
            for (panel, u, v), text in remarks
        ]
        design = {"id": None, "name": review.name, "hash": review.hash}
        inner = json.dumps(
            {
                "review": review.id,
                "design": design,
                "reviewer": reviewer,
                "at": utc_text(),
                "verdict": verdict,
                "remarks": said,
            }
        )
        whole = {FORMAT: VERSION, "answer": inner, "mac": sign(inner, review.key)}
        self.session.reviews.take_text(json.dumps(whole))
        self.until(lambda: reviewer in self._reviewers())

    def _reviewers(self) -> set[str]:
        board = self.session.reviews.board
        return {one.reviewer for one in board.opinions} if board is not None else set()

    def shoot_dialog(self, action: str) -> None:
        """Write one picture a theme of the dialog an action opens."""
        for theme in (LIGHT, DARK):
            self.window.set_theme(theme)
            self.window.actions_[action].trigger()
            self.pause()
            (dialog,) = (one for one in self.window.findChildren(QDialog) if one.isVisible())
            write_picture(dialog.grab().toImage(), self.album / f"{action}-{theme.name}.webp")
            dialog.close()

    def pause(self) -> None:
        """Let everything that waits be drawn."""
        loop = QEventLoop()
        QTimer.singleShot(400, loop.quit)
        loop.exec()

    def paint(self, prompt: str) -> None:
        """Generate all panels and wait for them."""
        self.window.artwork.prompt.edit.setPlainText(prompt)
        self.session.generation.generate(sample_order(prompt))
        wanted = len(PANEL_IDS[self.session.state.package_type])
        self.until(
            lambda: (
                not self.session.generation.view.running
                and len(self.session.textures.pixmaps.images()) >= wanted
            )
        )


def readme(folder: Path, album: Path) -> None:
    """A design, closed and half folded."""
    studio = Studio(folder, album)
    paint_and_fold(studio, (LIGHT,))
    studio.close()


def paint_and_fold(studio: Studio, themes: tuple[Theme, ...]) -> None:
    """What every series begins with."""
    studio.session.set_size(SizeEdit.of("box", 100, 150, 60))
    studio.paint(FLORAL)
    studio.shoot("box", themes)
    studio.window.centre.look_bar.fold.setValue(62)
    studio.shoot("folding", themes)


def design(folder: Path, album: Path) -> None:
    """From the first start to a cylinder, with all that can happen on the way."""
    studio = Studio(folder, album)
    studio.shoot("empty")
    paint_and_fold(studio, (LIGHT, DARK))
    studio.window.centre.look_bar.fold.setValue(100)
    studio.shoot_dialog("export")
    studio.provider.endless = ("right", "top", "bottom")
    studio.session.generation.generate(sample_order(FLORAL.replace("navy", "emerald")))
    studio.until(lambda: studio.session.generation.view.done >= 3)
    studio.shoot("generating")
    studio.session.generation.cancel()
    studio.until(lambda: not studio.session.generation.view.running and studio.window.messages.isVisible())
    studio.shoot("unfinished")
    studio.provider.endless, studio.provider.failing = (), ("left", "top")
    studio.session.generation.generate(sample_order("Terrazzo chips in cream and terracotta, “North Fold”"))
    studio.until(lambda: not studio.session.generation.view.running)
    studio.window.select("left")
    studio.shoot("failed")
    studio.provider.failing = ()
    studio.session.set_size(SizeEdit("cylinder", DEFAULT_DIMENSIONS["cylinder"], switches=True))
    studio.paint(TUBE)
    studio.window.select("body")
    studio.shoot("cylinder")
    studio.close()


def shared(folder: Path, album: Path) -> None:
    """What others and the store may do to a design."""
    studio = Studio(folder, album, local=False)
    studio.session.set_size(SizeEdit.of("box", 100, 150, 60))
    studio.paint(FLORAL)
    others = SharedState(studio.store)
    now = utc_text()
    asyncio.run(others.commit(lambda state: begin(state, ["front", "back"], now, bulk=True)))
    studio.until(lambda: studio.session.busy_elsewhere)
    studio.shoot("elsewhere")
    asyncio.run(others.commit(lambda state: fail(state, None, now)))
    studio.until(lambda: not studio.session.busy_elsewhere)
    studio.store.read_only = True
    studio.session.set_size(SizeEdit.of("box", 110, 150, 60))
    studio.until(lambda: studio.session.connection == "read-only")
    studio.shoot("read-only")
    studio.store.read_only, studio.store.away = False, True
    studio.until(lambda: studio.session.connection == "offline")
    studio.shoot("offline")
    studio.close()


def reviewed(folder: Path, album: Path) -> None:
    """What two reviewers say, one of them of an earlier version."""
    studio = Studio(folder, album)
    studio.session.set_size(SizeEdit.of("box", 100, 150, 60))
    studio.paint(FLORAL)
    studio.window.remarks.show()
    studio.shoot("remarks-none")
    places = (("front", 0.5, 0.2), ("front", 0.7, 0.8), ("back", 0.5, 0.5))
    texts = ("Larger, please.", "Is this the net weight?", "A little lighter?")
    studio.answer("Ada", "approved", ())
    studio.session.set_size(SizeEdit.of("box", 100, 150, 61))
    studio.answer("Ben", "changes", tuple(zip(places, texts, strict=True)))
    board = studio.session.reviews.board
    assert board is not None, "they have answered"
    studio.session.reviews.reply(board.threads[1].remark.id, "It is.")
    studio.window.remarks.choose(board.threads[0].remark.id)
    studio.shoot("remarks")
    studio.close()


def strange(folder: Path, album: Path) -> None:
    """Pictures that are not here, and a document that is none of ours."""
    studio = Studio(folder, album)
    studio.session.set_size(SizeEdit.of("box", 100, 150, 60))
    studio.paint(FLORAL)
    for name in ("front", "top"):
        Path(url2pathname(urlsplit(studio.session.state.panel_textures[name].texture_url).path)).unlink()
    studio.close()
    studio = Studio(folder, album)
    studio.until(lambda: studio.session.textures.missing("front") is not None)
    studio.window.select("front")
    studio.shoot("missing")
    raw = studio.store.load()
    studio.store.write(Write(raw, b'{"box_state": {"width": 3}}'))
    studio.until(studio.window.messages.isVisible)
    studio.shoot("foreign")
    studio.close()


def main() -> None:
    """Go through the states."""
    app = make_application()
    series = (design, shared, reviewed, strange) if sys.argv[1:] else (readme,)
    album = Path(sys.argv[1]) if sys.argv[1:] else IMAGES
    for states in series:
        with tempfile.TemporaryDirectory() as folder:
            states(Path(folder), album)
    del app  # it had to live until here


if __name__ == "__main__":
    main()
