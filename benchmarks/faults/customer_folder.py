"""Every command, and Generate in the window, in a folder of programs that must not run.

Prints what of it each command ran; exits 1 unless that is nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from support.customer_folder import customer_folder, what_ran  # noqa: E402  (the line above finds it)

COMMANDS = (
    "state",
    "status",
    "dimensions box 60 90 30",
    "generate front Blue_waves",
    "generate-all Blue_waves",
    "import left ../artwork.png",
    "render view.png --size 200x200",
    "turntable turn.webp --frames 4 --seconds 1",
    "turntable turn.mp4 --frames 4 --seconds 1",
    "export a.pdf",
    "export a.svg",
    "export a.dxf",
    "export a.png",
    "export a.zip",
    "export a",
    "export a.glb",
    "export a.obj",
    "export a.packdesk",
    "preflight",
    "open a.packdesk --force",
    "doctor",
    "jobs",
    "demo",
    "reset",
    "clear",
)

WINDOW = """
from packdesk.app.application import make_application
from packdesk.app.display import some_display
from packdesk.app.window import run_window
from packdesk.domain.order import GenerationOrder
from packdesk.settings import read_settings

def opened(window, session):
    def look(*_):
        if len(session.state.panel_textures) == 6 and not session.state.generating:
            print("generated")
            window.close()
    session.state_changed.connect(look)
    session.generation.generate(GenerationOrder("Blue waves with gold"))

def show():
    application = make_application()
    run_window(application, read_settings(), opened)
    application.shutdown()  # before its display goes

if __name__ == "__main__":
    with some_display():
        show()
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        home, folder = Path(place), customer_folder(Path(place) / "customer")
        (home / "elsewhere").mkdir()
        (home / "elsewhere" / "window.py").write_text(WINDOW)
        picture = ROOT / "docs" / "images" / "box-light.webp"
        (home / "artwork.png").write_bytes(picture.read_bytes())
        packdesk = str(Path(sys.executable).with_name("packdesk"))
        runs = [[packdesk, *command.split()] for command in COMMANDS]
        runs.insert(3, [sys.executable, str(home / "elsewhere" / "window.py")])
        found = [_tell(run, home, folder) for run in runs]
        print(f"\n{sum(map(bool, found))} of {len(found)} ran something of the folder")
        sys.exit(any(found))


def _tell(run: list[str], home: Path, folder: Path) -> str:
    hidden = {"PYTHONSAFEPATH", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    environment |= {f"PACKDESK_{name}_DIR": str(home / name) for name in ("DATA", "CACHE", "CONFIG")}
    environment |= {"PATH": os.pathsep.join(["", ".", os.environ["PATH"]]), "PACKDESK_DPI": "40"}
    environment |= {"PACKDESK_PROVIDER": "offline"}
    done = subprocess.run(
        run, env=environment, cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    ran = what_ran(folder)
    (folder / "ran").unlink(missing_ok=True)
    said = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines() or [""]
    print(
        f"{' '.join(run[1:])[-45:]:45}  exit {done.returncode}  ran: {ran or '–'}  {said[-1][:70]}",
        flush=True,
    )
    return ran


if __name__ == "__main__":
    main()
