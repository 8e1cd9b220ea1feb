"""Large artwork arrives in slices, and is not seen before it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from support.drawing import render_image

from packdesk.domain.panels import PANEL_IDS
from packdesk.textures.mips import MippedImage, mipped
from packdesk.viewer import pictures

if TYPE_CHECKING:
    from packdesk.viewer.pictures import PanelPictures
    from packdesk.viewer.scene import Scene
    from packdesk.viewer.view import PackageView

Paint = Callable[..., QImage]
SIDE = 1024  # with its mip chain six slices of a megabyte, most of them of level 0


def large(colour: tuple[int, int, int]) -> MippedImage:
    return mipped(np.full((SIDE, SIDE, 4), (*colour, 255), dtype=np.uint8))


def seen(view: PackageView) -> QColor:
    image: QImage = view.grabFramebuffer()
    return image.pixelColor(view.width() // 2, view.height() // 3)


def is_red(colour: QColor) -> bool:
    return colour.red() > colour.green() + 80


def textures_of(view: PackageView) -> PanelPictures:
    passes = view._renderer._passes
    assert passes
    return passes.resources.pictures


@pytest.fixture
def slow_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS_PER_FRAME", 0)


@pytest.mark.usefixtures("slow_card")
def test_the_former_picture_stays_until_the_new_one_is_complete(
    view: PackageView, box: Scene, paint_plain: Paint
) -> None:
    view.set_scene(replace(box, textures={"front": paint_plain("#d02020")}))
    assert is_red(seen(view))
    view.set_scene(replace(box, textures={"front": large((20, 160, 40))}))
    frames: list[bool] = []
    while not view.complete or not frames:
        frames.append(is_red(seen(view)))
        assert len(frames) < 40
    assert len(frames) >= SIDE * SIDE * 4 * 4 // 3 // 2**20, "it was sent in fewer frames than it has slices"
    assert frames == [True] * (len(frames) - 1) + [False]


@pytest.mark.usefixtures("slow_card")
def test_a_picture_on_its_way_is_given_up_for_a_newer_one(view: PackageView, box: Scene) -> None:
    uploads = view.uploads
    view.set_scene(replace(box, textures={"front": large((200, 30, 30))}))
    view.grabFramebuffer()
    assert not view.complete
    view.set_scene(replace(box, textures={"front": large((20, 160, 40))}))
    for _ in range(40):
        view.grabFramebuffer()
    assert view.complete
    assert view.uploads == uploads + 1
    assert seen(view).green() > 100
    view.set_scene(box)
    assert seen(view).lightness() > 215


@pytest.mark.usefixtures("slow_card")
def test_a_view_closed_meanwhile_starts_again(view: PackageView, box: Scene) -> None:
    view.set_scene(replace(box, textures={"front": large((200, 30, 30))}))
    view.grabFramebuffer()
    view.release_gl()
    for _ in range(40):
        view.grabFramebuffer()
    assert is_red(seen(view))


@pytest.mark.usefixtures("slow_card")
def test_a_file_has_all_of_it_at_once(view: PackageView, box: Scene) -> None:
    scene = replace(box, textures={panel_id: large((200, 30, 30)) for panel_id in PANEL_IDS["box"]})
    picture = render_image(scene, view.camera(), 240, 180)
    assert is_red(picture.pixelColor(120, 60))


def test_while_the_picture_moves_large_art_begins_small(
    view: PackageView, box: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "AT_ONCE_BYTES", 2**20)
    view.grabFramebuffer()
    shown, textures = textures_of(view), {"front": large((200, 30, 30))}
    view.makeCurrent()
    while not shown.refresh(textures, interactive=True):  # a busy machine needs more than one
        assert shown.artwork("front") is None
    first = shown.artwork("front")
    assert first
    assert first.width() == SIDE // 4
    assert shown.refresh(textures, interactive=True)
    assert shown.artwork("front") is first
    while not shown.refresh(textures):
        assert shown.artwork("front") is first
    second = shown.artwork("front")
    assert second
    assert second.width() == SIDE
    assert shown.refresh(textures, interactive=True)
    assert shown.artwork("front") is second, "what is there in full stays"
    view.doneCurrent()


@pytest.mark.usefixtures("slow_card")
def test_a_full_picture_on_its_way_goes_on_while_the_picture_moves(
    view: PackageView, box: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "AT_ONCE_BYTES", 2**20)
    view.grabFramebuffer()
    shown, textures = textures_of(view), {"front": large((200, 30, 30))}
    view.makeCurrent()
    assert not shown.refresh(textures)
    for _ in range(40):
        shown.refresh(textures, interactive=True)
    first = shown.artwork("front")
    assert first
    assert first.width() == SIDE
    view.doneCurrent()


def test_the_card_uses_the_levels_a_picture_brings(view: PackageView, box: Scene) -> None:
    image = large((200, 30, 30))
    for level in image.levels:
        level.fill(QColor("#20a028"))
    view.set_scene(replace(box, textures={"front": image}))
    assert seen(view).green() > seen(view).red() + 60


def test_the_largest_pictures_shrink_to_the_budget(view: PackageView, box: Scene) -> None:
    image = large((200, 30, 30))
    scene = replace(
        box, textures={"front": image, "back": QImage(image), "top": mipped(np.zeros((8, 8, 4), np.uint8))}
    )
    view.set_scene(replace(box, textures={}))
    view.grabFramebuffer()
    shown = textures_of(view)
    shown._card_bytes = 4 * SIDE * SIDE  # one with its levels takes a third more
    view.set_scene(scene)
    for _ in range(6):
        view.grabFramebuffer()
    assert view.complete
    widths = {panel_id: texture.width() for panel_id, (_, texture) in shown._textures.items()}
    assert widths == {"front": SIDE // 2, "back": SIDE // 2, "top": 8}
    assert is_red(seen(view))
