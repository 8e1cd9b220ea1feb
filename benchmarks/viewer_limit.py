"""How near the 3D view is to what this machine can draw at all.

    xvfb-run -a -s "-screen 0 1920x1200x24" python benchmarks/viewer_limit.py

The barest passes that could take the place of ours: the same package at the same size from the same sides, in
memory, with one sample a pixel. Beside them are our own frame and ours with a pass left out, and at the end
`viewer.py`'s frames in a window: of an empty OpenGL widget, which hold what Qt's composition costs, ours, and
VTK's. Told is the processor's time in milliseconds, the least of the rounds, which take turns: other than a
frame's time it hardly depends on what else the machine does. Exits 1 if a frame of ours in its window takes
more than its share of VTK's. Needs the optional extra `bench`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from OpenGL import GL
from peers.common import BOX, HEIGHT, WIDTH, camera, files
from tables import table
from viewer import run_peer

from packdesk.textures.images import decode_picture
from packdesk.viewer import gl
from packdesk.viewer.edges import EdgePass
from packdesk.viewer.frame import RenderFrame, Tile
from packdesk.viewer.pack import PackPass
from packdesk.viewer.renderer import Renderer
from packdesk.viewer.scene import Scene
from packdesk.viewer.setup import drawing_application, offscreen_context
from packdesk.viewer.studio import BackdropPass, ReflectionPass, ShadowPass

if TYPE_CHECKING:
    from collections.abc import Iterator

WARM_UP, FRAMES = 4, 12
PASSES = {
    "the package": PackPass,
    "the backdrop": BackdropPass,
    "the mirror image": ReflectionPass,
    "the shadow": ShadowPass,
    "mended edges": EdgePass,
}
END = "f_colour = vec4(colour + dither(gl_FragCoord.xy), 1.0);"
PLAIN = "f_colour = vec4(v_uv, 0.0, 1.0);"
READ = "f_colour = texture(u_picture, v_art{});"


@dataclass(frozen=True)
class Case:
    """A frame: passes left out, the last line of the package's shader, and whether it is a draft."""

    without: tuple[str, ...] = ()
    end: str = END
    draft: bool = False


ALONE = tuple(name for name in PASSES if name != "the package")
CASES = {
    "nothing: clearing": Case(tuple(PASSES)),
    "bare package: a colour": Case(ALONE, PLAIN),
    "bare package: artwork read once": Case(ALONE, READ.format("")),
    "bare package: artwork read as sharp as ours": Case(ALONE, "f_colour = picture();"),
    "ours at rest: the package": Case(ALONE),
    "ours at rest: all": Case(),
    **{f"ours at rest: all but {name}": Case((name,)) for name in PASSES},
    "ours turning: the package": Case(ALONE, draft=True),
    "ours turning: all": Case(draft=True),
}
WINDOWS = {
    "window: empty OpenGL widget": ("empty", "--empty"),
    "window: ours turning": ("ours", "--draft"),
    "window: ours at rest": ("ours",),
    "window: VTK 4x": ("with_vtk", "--samples", "4"),
}
WANTED = {"window: ours turning": 0.3, "window: ours at rest": 0.5}
"""At most, of VTK 4x."""


def main() -> None:
    parser = argparse.ArgumentParser(description="How near the 3D view is to what this machine can draw.")
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        run_peer("make_pictures", folder)
        least = _passes(Path(folder), rounds)
        for name, words in WINDOWS.items():
            found = [json.loads(run_peer(*words, "--pictures", folder))["cpu"] for _ in range(rounds)]
            least[name] = min(found)
    whole = least["window: VTK 4x"]
    shares = {name: spent / whole for name, spent in least.items()}
    table(
        ["least processor time of a frame", "ms", "of VTK 4x"],
        [(*row, shares[row[0]]) for row in least.items()],
    )
    table(
        ["wanted", "is", "at most", ""],
        [
            (name, shares[name], most, "PASS" if shares[name] <= most else "MISS")
            for name, most in WANTED.items()
        ],
    )
    sys.exit(any(shares[name] > most for name, most in WANTED.items()))


def _passes(folder: Path, rounds: int) -> dict[str, float]:
    application = drawing_application()
    textures = {panel: decode_picture(file.read_bytes()).image for panel, file in files(folder, "a").items()}
    scene = Scene("box", BOX, textures)
    with offscreen_context():
        found: dict[str, list[float]] = {name: [] for name in CASES}
        for _ in range(rounds):
            for name, case in CASES.items():
                found[name].append(_frame_ms(scene, case))
    del application
    return {name: min(times) for name, times in found.items()}


def _frame_ms(scene: Scene, case: Case) -> float:
    """The least of some frames."""
    renderer, buffer = Renderer(), gl.framebuffer(WIDTH, HEIGHT, 0)
    buffer.bind()
    gl.functions().glViewport(0, 0, WIDTH, HEIGHT)
    with _changed(case):
        times = [_drawn_ms(renderer, scene, step, draft=case.draft) for step in range(WARM_UP + FRAMES)]
        renderer.release()
    buffer.release()
    return min(times[WARM_UP:])


def _drawn_ms(renderer: Renderer, scene: Scene, step: int, *, draft: bool) -> float:
    frame = RenderFrame.of_tile(camera(step), WIDTH, HEIGHT, Tile(0, 0, WIDTH, HEIGHT))
    started = time.process_time()
    gl.functions().glClear(GL.GL_COLOR_BUFFER_BIT | GL.GL_DEPTH_BUFFER_BIT)
    while not renderer.draw(scene, replace(frame, draft=draft, smooth_edges=True)):
        pass  # pictures arrive one a frame
    gl.finish_drawing()
    return 1000 * (time.process_time() - started)


@contextmanager
def _changed(case: Case) -> Iterator[None]:
    """Leave passes out, and end the package's shader in another way."""
    source = gl._source
    with ExitStack() as undo:
        for name in case.without:
            former = PASSES[name].draw
            undo.callback(setattr, PASSES[name], "draw", former)
            PASSES[name].draw = lambda *_: None
        undo.callback(setattr, gl, "_source", source)
        gl._source = lambda name, defines: source(name, defines).replace(END, case.end)
        yield


if __name__ == "__main__":
    main()
