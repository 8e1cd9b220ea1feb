"""Finishes by area and colours as printed, from the window: seen, kept, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from support.flat import png
from support.press_profile import press_profile

from packdesk.domain.area_finish import AreaFinish, AreaKind, ColourRange
from packdesk.domain.sight import Sight
from packdesk.errors import InvalidInputError
from packdesk.export.press.options import PressOptions
from packdesk.textures.area_masks import pixels_of
from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.dialogs.area_dialog import AreaDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

GOLD, BLUE = (208, 160, 64), (0, 0, 255)
FOIL = AreaFinish("front", AreaKind.FOIL, ColourRange("#d0a040"))


@pytest.fixture
def shown(open_window: Window, qtbot: QtBot) -> Window:
    """A window whose front is gold above and blue below, and selected."""
    session = open_window.desk.session
    pixels = np.zeros((90, 60, 3), np.uint8)
    pixels[:50], pixels[50:] = GOLD, BLUE
    picture = IncomingPicture("a.png", encode=lambda: png(Image.fromarray(pixels)))
    session.artwork.put_pictures({"front": picture})
    qtbot.waitUntil(lambda: session.pixmaps.get("front") is not None)
    open_window.window.select("front")
    return open_window


def test_foil_is_seen_at_once_and_is_one_step(shown: Window, qtbot: QtBot) -> None:
    window, services = shown.window, shown.desk.services
    sights, stack = window.sights, window.history.stack
    steps, plain = stack.count(), sights.seen.pixmaps()["front"]
    window.actions_["finish"].trigger()
    (dialog,) = window.findChildren(AreaDialog)
    row = dialog.rows[AreaKind.FOIL]
    row.check.click()
    row.place.setCurrentIndex(1)
    row.place.activated.emit(1)
    assert row.colour.menu().actions()[0].text() == "#d0a040"
    qtbot.waitUntil(
        lambda: bool(sights.seen.areas()) and (pixels_of(sights.seen.areas()["front"])[-1, :, 0] == 0).all()
    )
    mask = pixels_of(areas := sights.seen.areas()["front"])
    assert (mask[: areas.height() // 2, :, 0] == 255).all()
    assert sights.seen.pixmaps()["front"] is not plain
    scene = window.view.scene()
    assert scene is not None
    assert scene.areas == sights.seen.areas()
    assert stack.count() == steps
    dialog.accept()
    assert (stack.count(), sights.kept.areas) == (steps + 1, (FOIL,))
    qtbot.waitUntil(lambda: (kept := services.appearance.read()) is not None and kept.areas == (FOIL,))
    stack.undo()
    assert (sights.kept.areas, sights.seen.areas()) == ((), {})
    assert sights.seen.pixmaps()["front"] is plain
    stack.redo()
    assert sights.kept.areas == (FOIL,)


def test_cancel_leaves_everything_as_it_was(shown: Window) -> None:
    window = shown.window
    window.actions_["finish"].trigger()
    (dialog,) = window.findChildren(AreaDialog)
    dialog.rows[AreaKind.WHITE].check.click()
    assert window.sights.kept.areas
    dialog.reject()
    assert window.sights.kept.areas == ()


def test_colours_are_seen_as_printed(
    shown: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, seen = shown.window, shown.window.sights.seen
    icc = tmp_path / "press.icc"
    icc.write_bytes(press_profile())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(icc), ""))
    screen = pixels_of(image := seen.images()["front"])[-1, 0, :3].tolist()
    window.actions_["proof"].trigger()
    qtbot.waitUntil(lambda: seen.images()["front"] is not image)
    printed = pixels_of(seen.images()["front"])[-1, 0, :3].tolist()
    assert (screen, printed) == (list(BLUE), printed)
    assert printed != screen
    assert window.exports.press is not None
    key = window.centre.key
    assert (key.isVisible(), key.mark.isVisible()) == (True, False)
    assert key.named.text() == "Colours as printed on press.icc"
    window.actions_["gamut"].trigger()
    assert (key.mark.isVisible(), key.marked.text()) == (True, "out of reach")
    window.sights.set_press(PressOptions(icc, separated=True, ink_limit=260))
    window.actions_["inks"].trigger()
    assert (key.scale.isVisible(), key.marked.text()) == (True, "more than 260 %")
    assert [window.actions_[name].isChecked() for name in ("proof", "gamut", "inks")] == [False, False, True]
    key.off_button.click()
    assert seen.sight is Sight.SCREEN
    assert (window.actions_["inks"].isChecked(), key.isVisible()) == (False, False)
    assert seen.images()["front"] is image


def test_a_profile_of_another_kind_is_refused(
    shown: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "wrong.icc"
    wrong.write_bytes(b"none")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(wrong), ""))
    with qtbot.waitSignal(shown.desk.session.failed) as told:
        shown.window.actions_["gamut"].trigger()
    assert isinstance(told.args[0], InvalidInputError)
    assert not shown.window.actions_["gamut"].isChecked()
