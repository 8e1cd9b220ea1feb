"""A bundle in a window that changes nothing: no store, no library, no network."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from packdesk.app.application import make_application
from packdesk.app.core import kept_appearance
from packdesk.app.display import has_display
from packdesk.app.window import run_window
from packdesk.domain.handover import damaged
from packdesk.domain.text import cut
from packdesk.domain.wire import encode_state
from packdesk.errors import DisplayError
from packdesk.services.bundled_inside import place_inside
from packdesk.services.bundles import place_bundle
from packdesk.store.bundle.files import read_bundle
from packdesk.store.read_only import ReviewStore
from packdesk.store.reviews import KeptReviews
from packdesk.textures.library import TextureLibrary

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.jobs.session import Session
    from packdesk.settings import Settings
    from packdesk.store.bundle.files import BundleContents
    from packdesk.ui.window.main_window import MainWindow


def run_review(
    settings: Settings, file: Path, opened: Callable[[MainWindow, Session], None] | None = None
) -> int:
    """Show a bundle until the window is closed; what it was read into is removed then.

    Args:
        settings: how the window looks; the folders and addresses in them are not touched.
        file: the bundle.
        opened: called with the window and its session once it is shown.

    Raises:
        BundleError: it cannot be opened.
        DisplayError: there is no display, or no usable OpenGL.
    """
    contents = read_bundle(file)
    copied: list[Path] = []
    if not has_display():
        raise DisplayError(
            "There is no display to review a bundle on.",
            "Run in a desktop session; “packdesk open” makes it the current design without one.",
        )

    def show(window: MainWindow, session: Session) -> None:
        window.setWindowTitle(f"{cut(file.name, 120)} – packdesk")
        window.copy_wanted.connect(lambda: copied.append(file))
        window.copy_wanted.connect(window.close)
        if contents.damages:
            session.failed.emit(damaged(contents.damages))
        if opened is not None:
            opened(window, session)

    with tempfile.TemporaryDirectory(prefix="packdesk-review-") as folder:
        reviewing = review_settings(settings, Path(folder))
        store = _store(contents, reviewing, str(file))
        code = run_window(make_application(), reviewing, show, store=store)
    return _open_copy(settings, file) if copied else code


def _store(contents: BundleContents, settings: Settings, place: str) -> ReviewStore:
    """The bundle's design, its pictures and how it is shown beside it in the settings' folders."""
    library = TextureLibrary(settings.library_dir)
    with library.holds.holding() as hold:
        state = place_bundle(contents, library, hold)
        shown = place_inside(contents, library, hold, state.created_at)
    library.holds.close()
    store = ReviewStore(encode_state(state), place)
    if shown is not None:
        kept_appearance(settings, store).write(shown)
    KeptReviews(settings.data_dir, place).change(state.created_at, lambda kept: kept | contents.reviews)
    return store


def _open_copy(settings: Settings, file: Path) -> int:
    """The ordinary window, which makes the bundle the current design once the user agrees."""

    def show(window: MainWindow, session: Session) -> None:
        # Only then is it known whether artwork would be lost.
        once = Qt.ConnectionType.SingleShotConnection
        session.document_read.connect(lambda: window.designs.open(file), once)

    return run_window(make_application(), settings, show)


def review_settings(settings: Settings, folder: Path) -> Settings:
    """Settings under which everything is kept in that folder, and no network is touched."""
    changes = {
        "data_dir": folder,
        "cache_dir": folder / "cache",
        "texture_dir": None,
        "shared_texture_dirs": (),
        "redis_url": None,
        "offline": True,
        "provider": "offline",
    }
    return settings.model_copy(update=changes)
