"""Processes forked from one that has imported packdesk already, the fork server of `multiprocessing`.

Starting Python and importing took half of the tests' time.
"""

from __future__ import annotations

import multiprocessing

from packdesk.generation.offline import provider
from packdesk.textures.foreign import apart
from packdesk.textures.objects import letterer

FORKS = multiprocessing.get_context("forkserver")
_DECODING = (
    "page",
    "page_fonts",
    "parts_worker",
    "pdf",
    "pdf_markup",
    "raster",
    "svg",
    "svg_page",
    "thin_marks",
    "unpacking",
    "worker",
)
FORKS.set_forkserver_preload(
    [
        "packdesk.cli.commands",
        "packdesk.app.rendering",
        *(f"packdesk.dielines.{name}" for name in ("dxf", "pdf", "svg", "worker")),
        *(f"packdesk.textures.foreign.{name}" for name in _DECODING),
        "packdesk.generation.offline.panels",
        "packdesk.textures.objects.shaping",
    ]
)


def work_in_forks() -> None:
    """Processes that decode, set lettering or paint for this one are forked from there, too."""
    for module in (apart, letterer, provider):
        vars(module)["own_processes"] = lambda: FORKS  # it has the same methods
