"""The 3D view beside other libraries: the same box, camera, size and textures, in one run under Xvfb.

    xvfb-run -a -s "-screen 0 1920x1200x24" python benchmarks/viewer.py

1280x800, six 1024² RGBA pictures with mipmaps, a box that fills 60 % of the view, swap interval 0. Each peer is a
process of its own, and they take turns, so that whatever else the machine does meets all of them; told are medians
of the rounds, in milliseconds. A frame is the time from a change to its presentation.

Needs the optional extra `bench`. What of ours is measured:

- turning: all of the look as the window shows it while the package turns, without smooth edges where there is no
  graphics card (a draft; the picture at rest is the last row)
- alone: only the package, in full quality but without smooth edges; alone 4x: with them
- full look 4x: backdrop, shadows and smooth edges, as the window shows it at rest
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from support import table

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

Measures = dict[str, float]

PEERS: dict[str, tuple[str, ...]] = {
    "empty GLViewWidget": ("empty", "--empty"),
    "empty GLViewWidget 4x": ("empty", "--empty", "--samples", "4"),
    "vispy": ("with_vispy",),
    "Qt Quick 3D": ("with_quick3d",),
    "Qt Quick 3D 4x": ("with_quick3d", "--samples", "4"),
    "VTK": ("with_vtk",),
    "VTK 4x": ("with_vtk", "--samples", "4"),
    "ours, turning": ("ours", "--draft"),
    "ours, alone": ("ours", "--alone"),
    "ours, alone 4x": ("ours", "--alone", "--samples", "4"),
    "ours, full look 4x": ("ours", "--samples", "4"),
}
COLUMNS = {
    "first": "first frame",
    "frame": "frame",
    "cpu": "CPU a frame",
    "slider": "slider step",
    "upload": "six textures",
    "large": "4096² PNG",
    "large_worst": "longest frame then",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="The 3D view beside other libraries.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=list(PEERS), choices=list(PEERS), metavar="PEER")
    given = parser.parse_args()
    found: dict[str, list[Measures]] = {name: [] for name in given.only}
    with tempfile.TemporaryDirectory() as folder:
        _run("make_pictures", folder)
        for turn in range(given.rounds):
            for name in given.only:
                found[name].append(json.loads(_run(*PEERS[name], "--pictures", folder)))
            print(f"round {turn + 1} of {given.rounds}", file=sys.stderr, flush=True)
    medians = {name: _medians(rounds) for name, rounds in found.items()}
    table(
        ["median of rounds, ms", *COLUMNS.values()],
        [[name, *(measures.get(key, "") for key in COLUMNS)] for name, measures in medians.items()],
    )
    if set(PEERS) <= set(medians):
        sys.exit(_judge(medians))


def _run(module: str, *words: str) -> str:
    path = os.pathsep.join([str(HERE), str(HERE.parent), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", f"peers.{module}", *words],
        env={**os.environ, "PYTHONPATH": path, "vblank_mode": "0"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{module} {' '.join(words)} failed:\n{done.stderr}")
    return done.stdout.strip().rpartition("\n")[2]


def _medians(rounds: list[Measures]) -> Measures:
    return {key: statistics.median(measures[key] for measures in rounds) for key in rounds[0]}


def _judge(found: dict[str, Measures]) -> int:
    turning, still, alone = (found[f"ours, {name}"] for name in ("turning", "full look 4x", "alone 4x"))
    wanted = [
        ("frame without MSAA, of vispy's", turning["frame"] / found["vispy"]["frame"], 1.0),
        ("frame without MSAA, of VTK's", turning["frame"] / found["VTK"]["frame"], 0.3),
        ("frame with MSAA, of Qt Quick 3D's", alone["frame"] / found["Qt Quick 3D 4x"]["frame"], 1.0),
        ("full look, of VTK's frame with MSAA", still["frame"] / found["VTK 4x"]["frame"], 0.6),
        ("slider step, of a frame", turning["slider"] / turning["frame"], 1.15),
        ("pictures uploaded by slider steps", turning["slider_uploads"], 0.0),
        ("longest frame while a 4096² picture arrives, of a frame", _worst(turning), 3.0),
    ]
    rows = [(name, ratio, most, "PASS" if ratio <= most else "MISS") for name, ratio, most in wanted]
    table(["wanted", "is", "at most", ""], rows)
    return int(any(verdict == "MISS" for *_, verdict in rows))


def _worst(measures: Measures) -> float:
    return measures["large_worst"] / measures["frame"]


if __name__ == "__main__":
    main()
