"""A folder as a customer may send it: it holds programs and modules that must never be run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MODULES = (
    "typer",
    "multiprocessing",
    "PIL",
    "numpy",
    "redis",
    "PySide6",
    "keyring",
    "sqlite3",
    "socket",
    "shutil",
)
PROGRAMS = ("ffmpeg", "Xvfb", "xauth", "xkbcomp", "gcc", "ldconfig", "python3", "git", "ffprobe")


def customer_folder(place: Path) -> Path:
    """The folder; whatever of it is run writes a file `ran` into it."""
    place.mkdir()
    ran = place / "ran"
    for name in MODULES:
        (place / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write({name!r})\nraise ImportError\n")
    (place / "packdesk").mkdir()
    for name in ("__init__", "__main__"):
        (place / "packdesk" / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write('packdesk')\n")
    for name in PROGRAMS:
        (place / name).write_text(f"#!/bin/sh\necho {name} >> '{ran}'\n")
        (place / name).chmod(0o755)
    return place


def what_ran(folder: Path) -> str:
    ran = folder / "ran"
    return ran.read_text() if ran.exists() else ""
