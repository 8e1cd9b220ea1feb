"""Signals at random moments of every export of a 1,000 mm cube: milliseconds to the end, and what is there.

Each export runs once to its end, for its seconds and memory: that of all its processes at the same time, as
they share it (PSS). Then it is begun as often as asked for, over a file that is there, and gets SIGINT or
SIGTERM at a moment between the start of its work and its end. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from export import picture
from tables import table

from packdesk.app.core import open_services
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.size_edit import SizeEdit
from packdesk.settings import read_settings

KINDS = ("pdf", "svg", "dxf", "cf2", "png", "zip", "folder", "glb", "obj", "html", "packdesk")
PIXELS = 4096
OLD = b"what was there before"
LATEST_MS = 300


def environment(folder: Path) -> dict[str, str]:
    ours = {f"PACKDESK_{name}_DIR": str(folder / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
    return {**os.environ, **ours, "PACKDESK_DPI": "300"}


def make_design(folder: Path, side: float) -> None:
    """A cube with a picture on each panel, on the machine of that folder."""
    settings = read_settings(data_dir=folder / "data", cache_dir=folder / "cache")
    with open_services(settings) as services:
        asyncio.run(services.designs.update_dimensions(SizeEdit.of("box", side, side, side)))
        for seed, panel_id in enumerate(PANEL_IDS["box"]):
            art = picture(PIXELS, PIXELS, seed)
            asyncio.run(services.pictures.put_picture(panel_id, art, panel_id))


def words(kind: str, out: Path) -> list[str]:
    more = ["--dpi", "60"] if kind == "png" else []
    return [sys.executable, "-m", "packdesk", "export", str(target(kind, out)), "--force", *more]


def target(kind: str, out: Path) -> Path:
    return out / ("panels" if kind == "folder" else f"cube.{kind}")


def fill(kind: str, out: Path) -> None:
    """What an export finds in its place."""
    place = target(kind, out)
    if kind == "folder":
        place.mkdir(exist_ok=True)
        (place / "front.png").write_bytes(OLD)
    else:
        place.write_bytes(OLD)


def intact(kind: str, out: Path) -> bool:
    """Whether that is all there is."""
    place = target(kind, out)
    files = [path for path in out.rglob("*") if path.is_file()]
    return files == [place / "front.png" if kind == "folder" else place] and files[0].read_bytes() == OLD


def whole_run(kind: str, out: Path, env: dict[str, str]) -> tuple[float, float]:
    """Seconds and megabytes."""
    started = time.perf_counter()
    process = subprocess.Popen(words(kind, out), env=env, stdout=subprocess.DEVNULL, start_new_session=True)
    peaks = [0.0]
    watch = threading.Thread(target=_follow, args=(process, peaks))
    watch.start()
    assert process.wait() == 0
    seconds = time.perf_counter() - started
    watch.join()
    return seconds, peaks[0]


def _follow(process: subprocess.Popen[bytes], peaks: list[float]) -> None:
    while process.poll() is None:
        peaks[0] = max(peaks[0], sum(map(_shared, _family(process.pid))))
        time.sleep(0.02)


def _family(session: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                if os.getsid(int(entry.name)) == session and state != "Z":
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def _shared(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def interrupted(kind: str, out: Path, env: dict[str, str], after: float, number: int) -> tuple[float, bool]:
    """Milliseconds from the signal to the end, and whether all was left as it was."""
    for path in sorted(out.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    fill(kind, out)
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    process = subprocess.Popen(words(kind, out), env=env, stdout=pipe, stderr=quiet, start_new_session=True)
    time.sleep(after)
    if process.poll() is not None:
        return 0.0, True  # it was quicker than before
    sent = time.perf_counter()
    process.send_signal(number)
    told, _ = process.communicate()
    taken = (time.perf_counter() - sent) * 1000
    deadline = time.perf_counter() + 3
    while (left := _family(process.pid)) and time.perf_counter() < deadline:  # what draws ends a little later
        time.sleep(0.05)
    finished = bool(told) and taken < LATEST_MS  # it had told where the file is when the signal came
    return taken, finished or (intact(kind, out) and not left)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--side", type=float, default=1000.0, metavar="MM")
    options.add_argument("--times", type=int, default=10)
    options.add_argument("--kinds", nargs="*", default=KINDS, choices=KINDS)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # begun in the background it would be ignored
    chance, rows, late = random.Random(asked.seed), [], 0
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place), Path(place) / "out"
        out.mkdir()
        make_design(folder, asked.side)
        env = environment(folder)
        for kind in asked.kinds:
            fill(kind, out)
            seconds, memory = whole_run(kind, out, env)
            ends, kept = [], 0
            for turn in range(asked.times):
                number = signal.SIGTERM if turn % 2 else signal.SIGINT
                after = chance.uniform(0.5, max(0.6, seconds - 0.05))
                taken, same = interrupted(kind, out, env, after, number)
                ends.append(taken)
                kept += same
            late += max(ends) > LATEST_MS or kept < asked.times
            rows.append((kind, seconds, memory, sum(ends) / len(ends), max(ends), f"{kept} of {asked.times}"))
            print(rows[-1], file=sys.stderr)
        table(["export", "seconds", "memory MB", "ms to the end", "worst", "left as it was"], rows)
    return 1 if late else 0


if __name__ == "__main__":
    raise SystemExit(main())
