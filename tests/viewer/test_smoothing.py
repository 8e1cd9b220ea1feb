"""Smooth edges: always where a graphics card draws, otherwise as soon as the picture rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtOpenGL import QOpenGLFramebufferObject

from packdesk.viewer import canvas
from packdesk.viewer.view import PackageView

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from packdesk.viewer.scene import Scene


def shown(qtbot: QtBot, scene: Scene, samples: int | None) -> PackageView:
    view = PackageView(samples=samples)
    qtbot.addWidget(view)
    view.resize(480, 360)
    view.set_scene(scene)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_edges_are_smooth_and_all_of_the_widget_is_drawn(qtbot: QtBot, box: Scene) -> None:
    rough, smooth = (shown(qtbot, box, samples).grabFramebuffer() for samples in (0, 4))
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
    qtbot.waitUntil(lambda: view.complete, timeout=3000)
    monkeypatch.setattr(canvas, "REST_MS", 60_000)  # a slow machine's frames count as moving too
    view._rest.setInterval(60_000)
    assert kinds_of_moving_frames(qtbot, view) == [False, False, False]
    view._rest.start(1)
    qtbot.waitUntil(lambda: view.complete, timeout=3000)


def kinds_of_moving_frames(qtbot: QtBot, view: PackageView) -> list[bool]:
    kinds: list[bool] = []
    view.frameSwapped.connect(lambda: kinds.append(view.complete))
    for step in range(1, 4):
        view.set_camera(view.camera().orbited(5, 0))
        qtbot.waitUntil(lambda step=step: len(kinds) >= step, timeout=3000)  # type: ignore[misc]  # a default
    return kinds


def test_a_graphics_card_draws_no_drafts(qtbot: QtBot, box: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packdesk.viewer.gl.is_software", lambda _: False)
    view = shown(qtbot, box, None)
    monkeypatch.setattr(canvas, "REST_MS", 60_000)
    assert kinds_of_moving_frames(qtbot, view) == [True, True, True]


def test_a_card_without_room_for_samples_still_draws(
    qtbot: QtBot, box: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QOpenGLFramebufferObject, "isValid", lambda _: False)
    image = shown(qtbot, box, 4).grabFramebuffer()
    assert image.pixelColor(240, 180).lightness() > 150
