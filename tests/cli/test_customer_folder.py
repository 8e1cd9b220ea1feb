"""Commands given while standing in a folder somebody else has filled."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.customer_folder import customer_folder, what_ran

# A file, as the painters' processes look at it; the folder it lies in is not the one it is started from.
PAINT = """
import asyncio
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import FlatSize
from packdesk.domain.request import PanelRequest
from packdesk.generation.offline.provider import ProcessWorkers

async def paint():
    painters = ProcessWorkers(1)
    sizes = Dimensions(width=30, height=40, depth=20)
    size = FlatSize(width=30, height=40)
    request = PanelRequest(
        prompt="Blue waves", panel_id="front", size=size, package_type="box", package_dimensions=sizes, dpi=40
    )
    print(len((await painters.paint(request)).png))
    await painters.aclose()

if __name__ == "__main__":
    asyncio.run(paint())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return customer_folder(tmp_path / "from a customer")


def _run(folder: Path, *command: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        environment.pop(name, None)
    path = os.pathsep.join(["", ".", os.environ["PATH"]])
    environment |= {"PATH": path, "PACKDESK_DPI": "40", "PACKDESK_PROVIDER": "offline"}
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert what_ran(folder) == ""
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["generate", "front", "Blue waves"],
        ["export", "design.packdesk"],
        ["turntable", "turn.mp4", "--frames", "2", "--seconds", "1", "--size", "64x64"],
    ],
    ids=lambda words: str(words[0]),
)
def test_nothing_in_the_folder_is_run(folder: Path, words: list[str]) -> None:
    if words[0] == "turntable" and not Path("/usr/bin/ffmpeg").exists():
        pytest.skip("needs ffmpeg")
    _run(folder, str(Path(sys.executable).with_name("packdesk")), *words)


def test_nor_by_painters_beside_a_window(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "paint.py").write_text(PAINT)
    assert int(_run(folder, sys.executable, str(elsewhere / "paint.py"))) > 1000


def test_nor_when_python_is_told_to_run_the_module(folder: Path) -> None:
    (folder / "packdesk" / "__init__.py").unlink()  # else Python takes that one before anything of ours runs
    (folder / "packdesk" / "__main__.py").unlink()
    (folder / "packdesk").rmdir()
    _run(folder, sys.executable, "-m", "packdesk", "state")
