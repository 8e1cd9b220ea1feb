"""What is dropped, pasted or chosen, as it comes from other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from support.providers import picture_bytes

from packdesk.ui.dropping import Offer, is_offer, offer, offer_files

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

WEB = "https://example.org/art/leaf.png?key=1"
IMG = f'<meta charset="utf-8"><a href="/page"><img alt="x" src="{WEB}"></a>'


def data(*urls: str, image: bool = False, html: str = "", text: str = "") -> QMimeData:
    made = QMimeData()
    if urls:
        made.setUrls([QUrl(url) for url in urls])
    if image:
        made.setImageData(QImage(32, 32, QImage.Format.Format_RGB32))
    if html:
        made.setHtml(html)
    if text:
        made.setText(text)
    return made


def files_of(offered: Offer) -> list[Path | None]:
    return [picture.file for picture in offered.pictures]


@pytest.mark.parametrize("url", ["file:///a/leaf.jfif", "file://localhost/a/leaf.jfif"])
def test_a_file(url: str) -> None:
    assert is_offer(data(url))
    assert files_of(offer(data(url))) == [Path("/a/leaf.jfif")]


def test_a_copied_file_beats_the_icon_that_comes_with_it() -> None:
    for name in ("leaf.png", "leaf.ai"):
        offered = offer(data(f"file:///a/{name}", image=True))
        assert files_of(offered) == [Path(f"/a/{name}")]


def test_a_single_file_is_looked_into_whatever_its_name() -> None:
    assert files_of(offer_files([Path("/a/leaf.heic")])) == [Path("/a/leaf.heic")]
    assert offer_files([Path("/a/leaf.heic")]).others == ()


def test_of_several_files_those_that_are_none_are_named() -> None:
    offered = offer(
        data("file:///a/front.PNG", "file:///a/notes.txt", "file:///a/back.webp", "file:///a/a.AI")
    )
    assert files_of(offered) == [Path("/a/front.PNG"), Path("/a/back.webp"), Path("/a/a.AI")]
    assert offered.others == ("notes.txt",)


def test_pixels_beat_an_address() -> None:
    (picture,) = offer(data(WEB, image=True, html=IMG)).pictures
    assert picture.encode is not None
    assert picture.address == ""


@pytest.mark.parametrize(
    "given", [data(WEB), data(text=f" {WEB}\n"), data("https://example.org/page", html=IMG)]
)
def test_what_a_browser_gives(given: QMimeData) -> None:
    (picture,) = offer(given).pictures
    assert picture.file is None
    assert picture.address == WEB or WEB in picture.html


@pytest.mark.parametrize("given", [data(text="front.png"), data(text="ftp://example.org/a.png"), data()])
def test_no_picture(given: QMimeData) -> None:
    assert offer(given) == Offer()


# In the window.


def paste(open_window: Window, given: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(given)
    open_window.window.select("front")
    open_window.window.actions_["paste"].trigger()


def test_an_empty_clipboard_is_told(open_window: Window) -> None:
    paste(open_window, data(text="hello"))
    assert open_window.desk.errors[-1].sentence == "The clipboard holds no picture."
    assert open_window.desk.session.state.panel_textures == {}


def test_several_files_land_in_one_step(open_window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "art"
    folder.mkdir()
    for number, name in enumerate(("tea-back.png", "one.jfif", "two.png")):
        (folder / name).write_bytes(picture_bytes(number, kind="JPEG" if name.endswith("jfif") else "PNG"))
    (folder / "broken.png").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("x")
    urls = [QUrl.fromLocalFile(str(file)).toString() for file in sorted(folder.iterdir())]
    with qtbot.waitSignal(open_window.desk.session.failed) as told:
        paste(open_window, data(*urls))
    state = open_window.desk.session.state
    assert {panel: texture.prompt for panel, texture in state.panel_textures.items()} == {
        "back": "Imported from tea-back.png",
        "left": "Imported from one.jfif",
        "right": "Imported from two.png",
    }
    assert "2 of 5 files were not put on a panel: broken.png, notes.txt." in told.args[0].sentence
    open_window.window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: open_window.desk.session.state.panel_textures == {})
