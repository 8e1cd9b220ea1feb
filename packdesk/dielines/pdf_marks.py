"""Lines of a PDF page marked with the names of their spot inks, for PDFium does not tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Name

from packdesk.textures.foreign.pdf_content import Rewriter, ink_names, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.textures.foreign.pdf_content import Instruction, Pen

INK = "PackdeskInk"
_SPOT_INKS = (b"/Separation", b"/DeviceN", b"/ObjStm")
"""A document without these words has no spot inks; what is in object streams is packed."""
_STROKES = {"S", "s", "B", "B*", "b", "b*"}
_FILLS = {"f", "F", "f*"}


def marked(data: bytes) -> bytes:
    """The document whose lines stand between marks named `INK`; the same where none is in a spot ink."""
    if not any(word in data for word in _SPOT_INKS):
        return data
    return rewritten(data, _Marked)


class _Marked(Rewriter):
    def written(self, instruction: Instruction, resources: Any, pen: Pen) -> Iterator[Instruction]:
        """Marks around what draws a line; where a path was begun before them does not matter to PDFium."""
        del resources
        name = instruction[1]
        space = pen.stroke if name in _STROKES else pen.fill if name in _FILLS else None
        inks = ink_names(space)
        if inks:
            yield [Name(f"/{INK}"), pikepdf.Dictionary(Name=" ".join(inks))], "BDC"
        yield instruction
        if inks:
            yield [], "EMC"
