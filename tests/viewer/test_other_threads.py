"""A processor draws a frame for tens of milliseconds: the threads beside the window go on meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from OpenGL import GL

from packdesk.viewer import gl
from packdesk.viewer.camera import Camera
from packdesk.viewer.frame import RenderFrame, Tile
from packdesk.viewer.framing import fit
from packdesk.viewer.render import render_tile
from packdesk.viewer.renderer import Renderer
from packdesk.viewer.setup import offscreen_context
from packdesk.viewer.smoothing import Smoothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.viewer.scene import Scene

WIDTH, HEIGHT, SAMPLES = 2000, 1500, 4
ENOUGH = 60  # steps of another thread during one frame: 125 to 270; while one is held up, 13 to 32
FRAMES = 30

Draw = Callable[[Renderer, "Scene", RenderFrame], object]


class OtherThread:
    """Counts its steps, each after a short sleep."""

    def __init__(self) -> None:
        self.steps, self._ended = 0, threading.Event()

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self._run)
        thread.start()
        yield
        self._ended.set()
        thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            time.sleep(0.0002)
            self.steps += 1


def mended() -> Draw:
    buffer = gl.framebuffer(WIDTH, HEIGHT, 0)

    def draw(renderer: Renderer, scene: Scene, frame: RenderFrame) -> None:
        buffer.bind()
        cleared()
        renderer.draw(scene, replace(frame, smooth_edges=True))

    return draw


def averaged() -> Draw:
    smoothing, target = Smoothing(), gl.framebuffer(WIDTH, HEIGHT, 0)

    def draw(renderer: Renderer, scene: Scene, frame: RenderFrame) -> None:
        with smoothing.applied(target.handle(), WIDTH, HEIGHT, SAMPLES):
            cleared()
            renderer.draw(scene, frame)

    return draw


def for_a_file() -> Draw:
    return lambda renderer, scene, frame: render_tile(renderer, scene, frame, SAMPLES)


def cleared() -> None:
    gl.functions().glViewport(0, 0, WIDTH, HEIGHT)
    gl.functions().glClear(GL.GL_COLOR_BUFFER_BIT | GL.GL_DEPTH_BUFFER_BIT)


@pytest.mark.parametrize("way", [mended, averaged, for_a_file])
def test_other_threads_run_while_a_frame_is_drawn(way: Callable[[], Draw], box: Scene) -> None:
    camera = fit(Camera(), box.package_type, box.dimensions, WIDTH / HEIGHT)
    frame = RenderFrame.of_tile(camera, WIDTH, HEIGHT, Tile(0, 0, WIDTH, HEIGHT))
    with offscreen_context() as context:
        if not gl.is_software(context):
            pytest.skip("a graphics card draws by itself")
        renderer, other, draw = Renderer(), OtherThread(), way()
        draw(renderer, box, frame)  # shaders are compiled at the first one
        most = 0
        with other.running():
            for _ in range(FRAMES):
                before = other.steps
                draw(renderer, box, frame)
                most = max(most, other.steps - before)
                if most >= ENOUGH:
                    break
        renderer.release()
    assert most >= ENOUGH
