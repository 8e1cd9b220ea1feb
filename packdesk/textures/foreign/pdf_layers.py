"""A page of a PDF without what is no artwork: guide layers of our templates, and processing steps.

In the decoding process only: pikepdf reads the file (qpdf, in C++).
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from packdesk.textures.foreign.pdf_content import FAULTS

GUIDE_LABEL = "(packdesk guide)"  # as of `domain.sheet.template`
_MOST_LAYERS = 2000


def without_guides(data: bytes) -> bytes:
    """The document with its guide layers hidden; as it is where it has none or cannot be written anew."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            guides = guide_groups(document)
            if not guides:
                return data
            shown = document.Root.OCProperties.D
            hidden = list(shown.get("/OFF", pikepdf.Array()))
            shown.OFF = pikepdf.Array([*hidden, *guides])
            written = io.BytesIO()
            document.save(written, fix_metadata_version=False)  # that would load modules
            return written.getvalue()
    except FAULTS:
        return data


def guide_groups(document: Any) -> list[Any]:
    """Its layers that are no artwork: ours, and those that say they are steps (ISO 19593-1)."""
    properties = document.Root.get("/OCProperties")
    groups = properties.get("/OCGs", pikepdf.Array()) if properties is not None else pikepdf.Array()
    return [group for _, group in zip(range(_MOST_LAYERS), groups, strict=False) if is_guide(group)]


def is_guide(group: Any) -> bool:
    """Whether a group of optional content is no artwork."""
    if not isinstance(group, pikepdf.Dictionary):
        return False
    return str(group.get("/Name", "")).endswith(GUIDE_LABEL) or "/GTS_Metadata" in group
