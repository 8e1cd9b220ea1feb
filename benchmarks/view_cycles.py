"""The real window through many changes of its 3D view: does OpenGL complain, does anything stay behind?

    xvfb-run -a -s "-screen 0 1920x1200x24" python benchmarks/view_cycles.py

A cycle floats and docks the docks, tears the middle of the window off and puts it back, goes to full
screen and back, opens a second view and closes it, and closes the first view and shows it again. Prints
the objects of OpenGL and the resident memory along the way; exits 1 if OpenGL reports an error, or if
either has grown since half of the way, when caches are warm.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import sys
import tempfile
from pathlib import Path

from endurance import resident_mb
from OpenGL import GL
from PySide6.QtCore import QCoreApplication, QEvent
from tables import table
from window_gaps import Day

from packdesk.app.application import make_application
from packdesk.viewer.view import PackageView

KINDS = {
    "textures": GL.glIsTexture,
    "buffers": GL.glIsBuffer,
    "renderbuffers": GL.glIsRenderbuffer,
    "programs": GL.glIsProgram,
    "shaders": GL.glIsShader,
    "framebuffers": GL.glIsFramebuffer,
    "vertex arrays": GL.glIsVertexArray,
}
"""The last two belong to the first view's context, the others to all."""
HIGHEST_NAME = 30_000  # names are not given twice
GROWTH_MB = 16.0  # of the allocator's own making: less than a sixth of a megabyte a cycle

Row = tuple[object, ...]


class Cycles:
    def __init__(self, day: Day) -> None:
        self._day, self._window, self._errors = day, day.window, 0

    def run(self) -> None:
        """One cycle."""
        window = self._window
        for floating in (True, False):
            for dock in (window.package_dock, window.artwork_dock):
                dock.setFloating(floating)
            self._drawn(window.view)
        centre = window.takeCentralWidget()
        centre.setParent(None)
        centre.show()
        self._drawn(window.view)
        window.setCentralWidget(centre)
        self._drawn(window.view)
        window.showFullScreen()
        self._drawn(window.view)
        window.showNormal()
        self._second_view()
        window.view.close()
        window.view.show()
        self._drawn(window.view)

    def objects(self) -> list[int]:
        """How many there are of each kind."""
        gc.collect()
        self._settle()
        self._window.view.makeCurrent()
        counts = [sum(bool(exists(name)) for name in range(1, HIGHEST_NAME)) for exists in KINDS.values()]
        self._window.view.doneCurrent()
        return counts

    @property
    def errors(self) -> int:
        """How often OpenGL complained."""
        return self._errors

    def _second_view(self) -> None:
        second = PackageView()
        second.resize(480, 360)
        second.set_scene(self._window.view.scene())
        second.show()
        self._drawn(second)
        second.close()
        second.deleteLater()
        self._settle()

    def _drawn(self, view: PackageView) -> None:
        frames: list[None] = []
        presented = view.frameSwapped.connect(lambda: frames.append(None))
        view.update()
        self._settle()
        self._day.until(lambda: view.complete and bool(frames))
        view.disconnect(presented)
        if view._failure:
            raise SystemExit(view._failure)
        view.makeCurrent()
        while GL.glGetError() != GL.GL_NO_ERROR:
            self._errors += 1
        view.doneCurrent()

    @staticmethod
    def _settle() -> None:
        for _ in range(3):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> None:
    parser = argparse.ArgumentParser(description="Leaks of the 3D view in the real window.")
    parser.add_argument("--cycles", type=int, default=200)
    count = parser.parse_args().cycles
    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        day = Day(Path(folder))
        day.start()
        day.generate()
        cycles = Cycles(day)
        rows = [_row(0, cycles)]
        for index in range(1, count + 1):
            cycles.run()
            if index % max(1, count // 4) == 0:
                rows.append(_row(index, cycles))
        table(["cycles", "resident MB", *KINDS, "GL errors"], rows)
        day.window.close()
    del app
    sys.exit(int(cycles.errors > 0 or _grown(rows)))


def _row(index: int, cycles: Cycles) -> Row:
    objects = cycles.objects()
    ctypes.CDLL("libc.so.6").malloc_trim(0)  # what is free, but kept by the allocator, is no leak
    row = (index, resident_mb(), *objects, cycles.errors)
    print(*row, file=sys.stderr, flush=True)
    return row


def _grown(rows: list[Row]) -> bool:
    warm, last = rows[len(rows) // 2], rows[-1]
    more = any(now > before for before, now in zip(warm[2:-1], last[2:-1], strict=True))
    return more or last[1] - warm[1] > GROWTH_MB


if __name__ == "__main__":
    main()
