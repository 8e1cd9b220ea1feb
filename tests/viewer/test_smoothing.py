"""Smooth edges: always where a graphics card draws, otherwise as soon as the picture rests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtOpenGL import QOpenGLFramebufferObject

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.look import Finish
from packdesk.viewer import canvas
from packdesk.viewer.scene import Scene
from packdesk.viewer.unfolding import Unfolding
from packdesk.viewer.view import PackageView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot


def shown(qtbot: QtBot, scene: Scene, samples: int | None) -> PackageView:
    view = PackageView(samples=samples)
    qtbot.addWidget(view)
    view.resize(480, 360)
    view.set_scene(scene)
    view.show()
    qtbot.waitUntil(lambda: view._since_frame.isValid() and view.complete, timeout=5000)
    return view


def rgb(image: QImage, x: int, y: int) -> tuple[int, int, int]:
    colour = image.pixelColor(x, y)
    return colour.red(), colour.green(), colour.blue()


def test_edges_are_smooth_and_all_of_the_widget_is_drawn(qtbot: QtBot, box: Scene) -> None:
    views = [shown(qtbot, box, samples) for samples in (0, 4)]
    rough, smooth = (view.grabFramebuffer() for view in views)
    assert smooth.size() == rough.size()
    differing = [
        (x, y)
        for y in range(0, rough.height(), 2)
        for x in range(rough.width())
        if abs(rough.pixelColor(x, y).lightness() - smooth.pixelColor(x, y).lightness()) > 6
    ]
    assert 20 < len(differing) < 0.02 * rough.width() * rough.height(), "more than edges differ, or nothing"
    for x, y in ((0, 0), (rough.width() - 1, rough.height() - 1)):
        assert abs(rough.pixelColor(x, y).lightness() - smooth.pixelColor(x, y).lightness()) <= 2


def test_moving_frames_are_drafts_and_the_last_one_is_redone(
    qtbot: QtBot, box: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = shown(qtbot, box, None)
    qtbot.waitUntil(lambda: view.complete)
    monkeypatch.setattr(canvas, "REST_MS", 60_000)  # a slow machine's frames count as moving too
    view._rest.setInterval(60_000)
    assert kinds_of_moving_frames(qtbot, view) == [False, False, False]
    view._rest.start(1)
    qtbot.waitUntil(lambda: view.complete)


def kinds_of_moving_frames(qtbot: QtBot, view: PackageView) -> list[bool]:
    kinds: list[bool] = []
    view.frameSwapped.connect(lambda: kinds.append(view.complete))
    for step in range(1, 4):
        view.set_camera(view.camera().orbited(5, 0))
        qtbot.waitUntil(lambda step=step: len(kinds) >= step)  # type: ignore[misc]  # a default
    return kinds


@pytest.mark.parametrize("software", [True, False])
def test_the_first_frames_make_few_shaders_each(
    qtbot: QtBot, box: Scene, monkeypatch: pytest.MonkeyPatch, *, software: bool
) -> None:
    monkeypatch.setattr("packdesk.viewer.gl.is_software", lambda _: software)
    view = PackageView()
    qtbot.addWidget(view)
    view.resize(480, 360)
    view.set_scene(box)
    frames: list[tuple[set[str], bool]] = []

    def look() -> None:
        made = vars(view._renderer._passes) if view._renderer._passes else {}
        frame = {"pack", "shadow", "edges"} & made.keys(), view.complete
        if frame not in frames[-1:]:  # the window may be painted twice at first
            frames.append(frame)

    view.frameSwapped.connect(look)
    view.show()
    qtbot.waitUntil(lambda: bool(frames) and frames[-1][1], timeout=5000)
    whole = {"pack", "shadow", "edges"} if software else {"pack", "shadow"}
    assert frames == [(set(), False), ({"pack"}, False), ({"pack", "shadow"}, False), (whole, True)]


def test_a_graphics_card_draws_no_drafts(qtbot: QtBot, box: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packdesk.viewer.gl.is_software", lambda _: False)
    view = shown(qtbot, box, None)
    monkeypatch.setattr(canvas, "REST_MS", 60_000)
    assert kinds_of_moving_frames(qtbot, view) == [True, True, True]


def test_a_card_without_room_for_samples_still_draws(
    qtbot: QtBot, box: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QOpenGLFramebufferObject, "isValid", lambda _: False)
    view = shown(qtbot, box, 4)
    image = view.grabFramebuffer()
    assert image.pixelColor(240, 180).lightness() > 150


@pytest.mark.parametrize("finish", list(Finish))
@pytest.mark.parametrize("shape", ["box", "cylinder"])
def test_a_draft_has_the_colours_of_the_picture_at_rest(
    qtbot: QtBot,
    shape: PackageType,
    finish: Finish,
    monkeypatch: pytest.MonkeyPatch,
    all_quadrants: Callable[[PackageType], dict[str, QImage]],
) -> None:
    textures = {**all_quadrants(shape)}
    textures.pop("top")  # bare board with its name
    size = Dimensions(width=110, height=150, depth=70 if shape == "box" else 110)
    view = shown(qtbot, Scene(shape, size, textures, finish=finish, selected="front"), None)
    qtbot.waitUntil(lambda: view.complete, timeout=5000)
    full = view.grabFramebuffer()

    def as_draft() -> None:
        view._draft = True

    monkeypatch.setattr(view, "_note_frame", as_draft)
    draft = view.grabFramebuffer()
    assert not view.complete
    differences = [
        max(abs(a - b) for a, b in zip(rgb(full, x, y), rgb(draft, x, y), strict=True))
        for x in range(0, full.width(), 5)
        for y in range(0, full.height(), 5)
    ]
    assert sorted(differences)[int(0.93 * len(differences))] <= 12
    assert sum(differences) / len(differences) < 4


def test_what_looks_down_while_it_folds_is_no_darker_in_motion(
    qtbot: QtBot, box: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    folding = Unfolding(make_dieline("box", box.dimensions), 0.9)  # its lid is about to close
    view = shown(qtbot, replace(box, unfolding=folding), None)
    qtbot.waitUntil(lambda: view.complete, timeout=5000)
    full = view.grabFramebuffer()
    monkeypatch.setattr(view, "_note_frame", lambda: setattr(view, "_draft", True))
    draft = view.grabFramebuffer()
    assert not view.complete
    places = [(x, y) for x in range(0, full.width(), 4) for y in range(0, full.height(), 4)]
    darker = [full.pixelColor(*at).lightness() - draft.pixelColor(*at).lightness() > 60 for at in places]
    assert sum(darker) < 0.003 * len(places)
