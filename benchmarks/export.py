"""Time and memory of the files for others: PDF at 300 dpi, GLB, and bundle, for small and large packages.

Each export runs in a process of its own; memory is what its peak adds to the process as it was before.
Panels carry artwork as a generation would keep it: 300 dpi, at most 4096 pixels a side. Ratios are to the
smallest package. Linux only, for the peak of memory.
"""

from __future__ import annotations

import argparse
import ctypes
import io
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from tables import table

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.domain.state import PackagingState, default_state, new_texture, utc_text
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import Sheet
from packdesk.export.model import PackageModel, write_glb
from packdesk.store.bundle.files import write_bundle

if TYPE_CHECKING:
    from collections.abc import Callable

SIDES_MM = (100.0, 1000.0)
DPI = 300


@dataclass(frozen=True)
class Design:
    """A package with artwork on all panels."""

    dimensions: Dimensions
    artwork: dict[str, bytes]

    def pdf(self, target: Path) -> None:
        write_pdf(Sheet(make_dieline("box", self.dimensions), self.artwork), target)

    def glb(self, target: Path) -> None:
        write_glb(PackageModel("box", self.dimensions, self.artwork), target)

    def bundle(self, target: Path) -> None:
        sizes = panel_sizes("box", self.dimensions)
        textures = {
            panel_id: new_texture(panel_id, f"file:///{panel_id}.png", "floral", sizes[panel_id], utc_text())
            for panel_id in self.artwork
        }
        values = {**default_state().model_dump(), "package_dimensions": self.dimensions}
        state = PackagingState.model_validate({**values, "panel_textures": textures})
        write_bundle(target, state, self.artwork)


KINDS: dict[str, Callable[[Design, Path], None]] = {
    "pdf": Design.pdf,
    "glb": Design.glb,
    "packdesk": Design.bundle,
}


def make_design(side: float) -> Design:
    """A box that is `side` millimetres wide."""
    dimensions = Dimensions(width=side, height=1.5 * side, depth=0.6 * side)
    artwork = {}
    for panel_id, size in panel_sizes("box", dimensions).items():
        request = PanelRequest(
            prompt="floral",
            panel_id=panel_id,
            size=size,
            package_type="box",
            package_dimensions=dimensions,
            dpi=DPI,
        )
        artwork[panel_id] = picture(*request.pixel_size(), seed=len(artwork))
    return Design(dimensions, artwork)


def picture(width: int, height: int, seed: int) -> bytes:
    """Shapes with soft edges, which compress about as well as painted artwork."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32) / 200
    waves = np.stack([np.sin(columns * (i + 1) + seed) * np.cos(rows * (3 - i)) for i in range(3)], axis=2)
    encoded = io.BytesIO()
    Image.fromarray(np.uint8(127 + 120 * waves)).save(encoded, "PNG", compress_level=3)
    return encoded.getvalue()


def measure(kind: str, side: float, folder: Path) -> None:
    """Print seconds, megabytes of memory, and megabytes of the file: once the libraries are loaded."""
    KINDS[kind](make_design(20.0), folder / f"first.{kind}")
    design = make_design(side)
    ctypes.CDLL(None).malloc_trim(0)  # or what the pictures took would be used again, unseen
    now = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of making the pictures
    target = folder / f"measured.{kind}"
    started = time.perf_counter()
    KINDS[kind](design, target)
    seconds = time.perf_counter() - started
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    peak = int(status["VmHWM"].split()[0]) / 1024
    print(seconds, peak - now, target.stat().st_size / 2**20)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--one", nargs=2, metavar=("KIND", "MM"))
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.one:
            measure(asked.one[0], float(asked.one[1]), Path(folder))
            return 0
        rows = []
        for kind in KINDS:
            first = None
            for side in SIDES_MM:
                words = [sys.executable, __file__, "--one", kind, str(side)]
                told = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
                seconds, memory, size = (float(number) for number in told)
                first = first or seconds
                rows.append((f"{kind}, {side:g} mm", seconds, seconds / first, memory, size))
        table(["export", "seconds", "ratio", "memory MB", "file MB"], rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
