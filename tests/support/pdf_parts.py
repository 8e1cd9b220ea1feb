"""A PDF document of three pages, with layers if wanted."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Name

COLOURS = ("1 0 0", "0 1 0", "0 0 1")


def document(*, layers: tuple[str, ...] = (), off: tuple[str, ...] = (), titled: bool = False) -> bytes:
    """Three pages: red, green, blue; on each a black bar, for the first layer left, for the second right.

    `titled` has it say so in its metadata (XMP), as most programs do.
    """
    made = pikepdf.new()
    groups: dict[str, Any] = {
        name: made.make_indirect(pikepdf.Dictionary(Type=Name.OCG, Name=name)) for name in layers
    }
    for number, colour in enumerate(COLOURS):
        page = made.add_blank_page(page_size=(100 + 10 * number, 200))
        bars = "".join(f"/OC /L{at} BDC 0 g {at * 80} 0 20 200 re f EMC " for at in range(len(layers)))
        page.Contents = made.make_stream(f"{colour} rg 0 0 200 200 re f {bars}".encode())
        named = {f"/L{at}": group for at, group in enumerate(groups.values())}
        page.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(named))
    if layers:
        settings = pikepdf.Dictionary(OFF=pikepdf.Array([groups[name] for name in off]))
        made.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array(list(groups.values())), D=settings)
    made.pages[2].rotate(90, relative=False)
    if titled:
        with made.open_metadata() as metadata:
            metadata["dc:title"] = "Three pages"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()
