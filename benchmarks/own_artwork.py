"""What preflight says of artwork painted on this computer, over prompts and sizes from 20 to 1000 mm.

    python benchmarks/own_artwork.py

Each package is painted as the window has it painted, laid out on board, and looked through with
all that is looked at in pixels. Exits 1 when there is an error, or a warning but for the resolution.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from itertools import product

from PySide6.QtGui import QGuiApplication
from tables import table

from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.panels import panel_sizes
from packdesk.domain.preflight import Finding, Level, PictureFacts, preflight
from packdesk.domain.request import PanelRequest
from packdesk.domain.state import default_state, new_texture
from packdesk.generation.offline.panels import paint_panel
from packdesk.textures.inspecting import inspect

PROMPTS = (
    'vintage roses in blush and navy, "Sol Field"',
    'navy deco pattern with gold lines, "Tea House"',
    'dark marble perfume, "Noir"',
    'bold geometric coffee, "Halden"',
)
SIZES: tuple[tuple[PackageType, tuple[float, float, float]], ...] = (
    ("box", (20, 20, 20)),
    ("box", (25, 400, 25)),
    ("box", (60, 100, 40)),
    ("box", (100, 150, 100)),
    ("cylinder", (300, 40, 300)),
    ("box", (300, 300, 200)),
    ("box", (600, 400, 400)),
    ("box", (1000, 1000, 1000)),
)
LEAD = {"box": ("front", "back", "bottom"), "cylinder": ("body", "bottom")}
BOARDS = ((150.0, 0.5), (400.0, 0.5), (600.0, 1.0), (float("inf"), 1.5))


def looked_through(kind: PackageType, sides: tuple[float, float, float], prompt: str) -> list[Finding]:
    """What is said of the panels of a package that differ; the others are painted alike."""
    dimensions = Dimensions(width=sides[0], height=sides[1], depth=sides[2])
    facts, textures = {}, {}
    for panel_id, size in panel_sizes(kind, dimensions).items():
        textures[panel_id] = new_texture(panel_id, "file:///a", prompt, size, "2026-01-01T00:00:00Z")
        if panel_id in LEAD[kind]:
            request = PanelRequest(
                prompt=prompt,
                panel_id=panel_id,
                size=size,
                package_type=kind,
                package_dimensions=dimensions,
                dpi=300,
            )
            png = paint_panel(request)
            width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
            facts[panel_id] = PictureFacts(width, height, looks=inspect(png, size))
    changes = {"package_dimensions": dimensions, "panel_textures": textures}
    state = default_state(kind).model_copy(update=changes)
    caliper = next(board for up_to, board in BOARDS if max(sides) <= up_to)
    return list(preflight(state, facts, DielineOptions(board=even_board("board", caliper)), 300))


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    application.setApplicationName("own artwork")
    rows, wrong = [], 0
    for (kind, sides), prompt in product(SIZES, PROMPTS):
        found = [one for one in looked_through(kind, sides, prompt) if one.level is not Level.NOTE]
        counted = Counter(one.rule for one in found)
        told = ", ".join(f"{rule} {count}" for rule, count in counted.items()) or "nothing"
        of_pictures = [one for one in found if one.panel_id is not None and one.rule != "low-resolution"]
        wrong += len(of_pictures) + sum(one.level is Level.ERROR for one in found)
        rows.append((kind, "x".join(f"{side:g}" for side in sides), prompt.partition(",")[0], told))
        print(*rows[-1], sep=" | ", flush=True)
    table(("package", "mm", "prompt", "errors and warnings"), rows)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
