"""Packages of random size and style, written as files and measured by other people's programs.

SVG is read by svgelements, PDF by pikepdf (and its boxes by poppler's pdfinfo), DXF by ezdxf, GLB by trimesh.
Prints the largest deviation of each in millimetres; exits 1 above 0.01 mm or when a cut contour is open.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import trimesh

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tests"))

from support.measuring import box_of, read_dxf, read_pdf, read_svg, width_between
from support.outlines import mesh_area

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.geometry import package_meshes
from packdesk.domain.panels import panel_sizes
from packdesk.export.flat.dxf import write_dxf
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import Sheet
from packdesk.export.flat.svg import write_svg
from packdesk.export.model import PackageModel, write_glb

if TYPE_CHECKING:
    from packdesk.domain.dimensions import PackageType

LIMIT_MM = 0.01
PROBE_MM = 1e-4
FORMATS: dict[str, Any] = {
    "SVG by svgelements": (write_svg, read_svg, "svg"),
    "PDF by pikepdf": (write_pdf, read_pdf, "pdf"),
    "DXF by ezdxf": (write_dxf, read_dxf, "dxf"),
}
MM_PER_POINT = 25.4 / 72
LONGEST_MM = 800  # a page of PDF holds the blank of such a package

Worst = dict[tuple[str, str], float]


def random_sheet(dice: random.Random) -> Sheet:
    """Any style; sides from 20 to 800 mm, to the tenth of a millimetre."""
    style = dice.choice([*DielineStyle])
    kind: PackageType = "cylinder" if style is DielineStyle.WRAP else "box"
    width, height, depth = (
        round(math.exp(dice.uniform(math.log(20), math.log(LONGEST_MM))), 1) for _ in "whd"
    )
    size = Dimensions(width=width, height=height, depth=width if kind == "cylinder" else depth)
    options = DielineOptions(style=style, bleed=round(dice.uniform(1, 5), 1), perforated=dice.random() < 0.5)
    return Sheet(make_dieline(kind, size, options))


def measure_flat(name: str, sheet: Sheet, folder: Path, worst: Worst) -> bool:
    """Note deviations; True when every cut contour is closed."""
    write, read, suffix = FORMATS[name]
    file = folder / f"sheet.{suffix}"
    write(sheet, file)
    layers = read(file, sheet)
    lines = layers["cut"] + layers.get("crease", [])
    sizes = panel_sizes(sheet.dieline.package_type, sheet.dieline.dimensions)
    for panel in sheet.dieline.panels:
        x, y = panel.centre  # a hair beside it: a line through a corner of a flattened circle may miss it
        width, height = width_between(lines, (x + PROBE_MM, y + PROBE_MM))
        if panel.panel_id == "body":
            width -= sheet.dieline.options.glue_flap  # no line stands where the overlap begins
        if panel.rotation in {90, 270}:
            width, height = height, width
        note(
            worst, name, "panels", width - sizes[panel.panel_id].width, height - sizes[panel.panel_id].height
        )
    outline = box_of(layers["cut"])
    note(worst, name, "outline", outline[2] - sheet.dieline.width, outline[3] - sheet.dieline.height)
    if sheet.dieline.package_type == "box":
        note_bleed(name, sheet, layers, worst)
    if suffix == "pdf" and shutil.which("pdfinfo"):
        note_boxes(file, sheet, worst)
    closed = all(math.dist(line[0], line[-1]) < 1e-6 for line in layers["cut"])
    return closed and len(layers["cut"]) == len(sheet.dieline.of_kind(LineType.CUT))


def note_bleed(name: str, sheet: Sheet, layers: Any, worst: Worst) -> None:
    """How far the bleed line lies beyond the panels, above and below."""
    tops = [panel.y for panel in sheet.dieline.panels]
    feet = [panel.y + panel.sheet_size[1] for panel in sheet.dieline.panels]
    found, bleed = box_of(layers["bleed"]), sheet.dieline.options.bleed
    note(worst, name, "bleed", min(tops) - found[1] - bleed, found[3] - max(feet) - bleed)


def note_boxes(file: Path, sheet: Sheet, worst: Worst) -> None:
    told = subprocess.run(["pdfinfo", "-box", str(file)], check=True, capture_output=True, text=True).stdout
    left, low, right, high = (float(n) for n in re.search(r"TrimBox:(.*)", told)[1].split())  # type: ignore[index]
    width, height = (right - left) * MM_PER_POINT, (high - low) * MM_PER_POINT
    note(worst, "PDF by pdfinfo", "outline", width - sheet.dieline.width, height - sheet.dieline.height)


def measure_model(sheet: Sheet, folder: Path, worst: Worst) -> None:
    """Sides in millimetres, and areas as sides of a square of that area."""
    dieline, file = sheet.dieline, folder / "model.glb"
    write_glb(PackageModel(dieline.package_type, dieline.dimensions, {}), file)
    scene: Any = trimesh.load(file)
    width, up, depth = scene.extents * 1000
    size = dieline.dimensions
    note(worst, "GLB by trimesh", "outline", width - size.width, up - size.height, depth - size.depth)
    areas = {name: mesh.area * 1e6 for name, mesh in scene.geometry.items()}
    for mesh in package_meshes(dieline.package_type, size):
        note(worst, "GLB by trimesh", "areas", math.sqrt(areas[mesh.panel_id]) - math.sqrt(mesh_area(mesh)))
    # On the blank a box's panel is a rectangle; a cylinder's is told by its flat size.
    for panel in dieline.panels if dieline.package_type == "box" else ():
        flat = math.sqrt(panel.width * panel.height)
        note(worst, "blank against model", "areas", math.sqrt(areas[panel.panel_id]) - flat)


def note(worst: Worst, name: str, what: str, *deviations: float) -> None:
    worst[name, what] = max(worst[name, what], *(abs(one) for one in deviations))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    dice, worst, opened = random.Random(asked.seed), defaultdict(float), 0
    with tempfile.TemporaryDirectory() as name:
        for _ in range(asked.count):
            sheet = random_sheet(dice)
            opened += sum(not measure_flat(kind, sheet, Path(name), worst) for kind in FORMATS)
            measure_model(sheet, Path(name), worst)
    print(f"{asked.count} packages, seed {asked.seed}; open cut contours: {opened}")
    for (program, what), deviation in sorted(worst.items()):
        print(f"{program:<22} {what:<8} {deviation:.7f} mm")
    return 0 if not opened and max(worst.values()) <= LIMIT_MM else 1


if __name__ == "__main__":
    raise SystemExit(main())
