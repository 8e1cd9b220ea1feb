"""The 3D view beside other libraries: the same box, camera, size and textures, in one run under Xvfb.

    xvfb-run -a -s "-screen 0 1920x1200x24" python benchmarks/viewer.py

1280x800, six 1024² RGBA pictures with mipmaps, a box that fills 60 % of the view, swap interval 0. Each
peer is a process of its own, and they take turns, so that whatever else the machine does meets all of
them; told are medians of the rounds, in milliseconds. A frame is the time from a change to its
presentation; drawn, the part of it until the driver is through, if it can be told apart: all but
composing the widget into its window.

Needs the optional extra `bench`. What of ours is measured:

- turning: as the window shows it while the package turns where there is no graphics card: a draft with smooth
  edges, backdrop, shadows and mirror image
- turning alone, rough: only the package and no smooth edges, as the others draw
- alone: only the package, in full quality with smooth edges
- a 4096² picture is decoded beside the frames and kept as large as a screen can use, as the window does; the
  others decode it in full and draw no frame meanwhile
- full look: everything with smooth edges, as the window shows it at rest, and on a graphics card always
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

from tables import table

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
    "ours, turning alone, rough": ("ours", "--draft", "--alone", "--rough"),
    "ours, alone": ("ours", "--alone"),
    "ours, full look": ("ours",),
}
COLUMNS = {
    "first": "first frame",
    "frame": "frame",
    "drawn": "drawn",
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
        run_peer("make_pictures", folder)
        for turn in range(given.rounds):
            for name in given.only:
                found[name].append(json.loads(run_peer(*PEERS[name], "--pictures", folder)))
            print(f"round {turn + 1} of {given.rounds}", file=sys.stderr, flush=True)
    medians = {name: _medians(rounds) for name, rounds in found.items()}
    table(
        ["median of rounds, ms", *COLUMNS.values()],
        [[name, *(measures.get(key, "") for key in COLUMNS)] for name, measures in medians.items()],
    )
    if set(PEERS) <= set(medians):
        sys.exit(_judge(medians))


def run_peer(module: str, *words: str) -> str:
    """The last line that a module of `peers` prints."""
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
    names = ("turning", "turning alone, rough", "alone", "full look")
    turning, bare, alone, still = (found[f"ours, {name}"] for name in names)
    vispy, vtk = found["vispy"], found["VTK"]
    large = statistics.median(found[name]["large"] for name in ("vispy", "Qt Quick 3D", "VTK"))
    quick, vtk_smooth = found["Qt Quick 3D 4x"]["frame"], found["VTK 4x"]["frame"]
    wanted = [
        ("frame without MSAA, package alone, of vispy's", bare["frame"] / vispy["frame"], 0.9),
        ("drawn without MSAA, package alone, of VTK's frame", bare["drawn"] / vtk["frame"], 0.3),
        ("smooth frame, package alone, of Qt Quick 3D's", alone["frame"] / quick, 1.0),
        ("smooth frame while turning, all of the look, of VTK's", turning["frame"] / vtk_smooth, 0.3),
        ("smooth frame at rest, all of the look, of VTK's", still["frame"] / vtk_smooth, 0.5),
        ("slider step, of a frame", turning["slider"] / turning["frame"], 1.15),
        ("pictures uploaded by slider steps", turning["slider_uploads"], 0.0),
        ("4096² art is there while turning, of the others' time", turning["large"] / large, 1.3),
        ("longest frame while 4096² art arrives, of a frame", turning["large_worst"] / turning["frame"], 3.0),
    ]
    rows = [(name, ratio, most, "PASS" if ratio <= most else "MISS") for name, ratio, most in wanted]
    table(["wanted", "is", "at most", ""], rows)
    return int(any(verdict == "MISS" for *_, verdict in rows))


if __name__ == "__main__":
    main()
