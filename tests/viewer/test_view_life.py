"""Where OpenGL views crash: reparenting, closing, garbage collection. Each runs in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

_PRELUDE = """
import gc, sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QSurfaceFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget
from packdesk.domain.dimensions import Dimensions
from packdesk.viewer import gl
from packdesk.viewer.scene import Scene
from packdesk.viewer.setup import prepare_opengl, surface_format
from packdesk.viewer.view import PackageView
if CARD:
    gl.is_software = lambda _: False
if SHARED:
    prepare_opengl()
else:
    QSurfaceFormat.setDefaultFormat(surface_format())
application = QApplication([])
picture = QImage(64, 64, QImage.Format.Format_RGBA8888)
picture.fill(QColor("#d02020"))
scene = Scene("box", Dimensions(width=110, height=150, depth=70), {"front": picture})

def make():
    view = PackageView()
    view.draw_failed.connect(lambda text: print("FAILED", text))
    view.set_scene(scene)
    return view

def check(name, view):
    QTest.qWait(60)
    colour = view.grabFramebuffer().pixelColor(view.width() // 2 - 10, view.height() // 2)
    good = colour.red() > colour.green() + 100
    print(name, "drawn" if good else colour.name(), flush=True)
"""

_MOVES = """
window, dock, view = QMainWindow(), QDockWidget("3D"), make()
dock.setWidget(view)
window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
window.resize(700, 500)
window.show()
check("docked", view)
dock.setFloating(True)
check("floating", view)
dock.setFloating(False)
check("docked again", view)
tabs = QTabWidget()
window.setCentralWidget(tabs)
tabs.addTab(view, "3D")
tabs.setCurrentIndex(0)
check("in a tab", view)
view.release_gl()
view.release_gl()
check("after release", view)
view.release_gl()
window.close()
"""

_SECOND = """
first, second = make(), make()
first.show()
second.show()
check("first", first)
check("second", second)
second.close()
check("first beside a closed one", first)
second.show()
check("second shown again", second)
second.close()
second.deleteLater()
del second
check("first alone", first)
first.release_gl()
first.close()
"""

_CYCLES = """
view = make()
view.show()
check("before", view)
for _ in range(8):
    other = make()
    other.itself = [other]  # freed by the collector, at whatever moment it runs
    other.show()
    QTest.qWait(20)
    other.close()
    del other
    gc.set_threshold(1, 1, 1)
    for step in range(3):
        view.set_scene(scene)
        view.repaint()
    gc.set_threshold(700, 10, 10)
check("after", view)
view.close()
"""


_ALL = f"{_MOVES}\n{_SECOND}\n{_CYCLES}"


@pytest.mark.parametrize(
    ("story", "card", "shared"),
    [
        *((story, True, shared) for story in (_MOVES, _SECOND, _CYCLES) for shared in (True, False)),
        (_ALL, False, True),
    ],
    ids=[
        *(f"{story}-{shared}" for story in ("moves", "second", "cycles") for shared in (True, False)),
        "software",
    ],
)
def test_views_survive(run_python: Run, story: str, *, card: bool, shared: bool) -> None:
    result = run_python(f"CARD, SHARED = {card}, {shared}\n{_PRELUDE}\n{story}\nprint('END', flush=True)")
    lines = result.stdout.splitlines()
    assert result.returncode == 0, result.stderr
    assert lines[-1] == "END"
    assert [line for line in lines[:-1] if not line.endswith(" drawn")] == []
    assert len(lines) >= 3
    assert result.stderr == "", "Qt or Python complained"
