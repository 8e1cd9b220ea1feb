"""A PDF document before it is drawn: lines of the die are left out, and CMYK gets its profile.

PDFium knows neither. In the decoding process only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Name

from packdesk.domain.line_names import is_die_line
from packdesk.textures.foreign.pdf_content import Rewriter, first, ink_names, named, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.textures.foreign.pdf_content import Instruction, Pen

_PARTS = {"/Indexed": 1, "/Separation": 2, "/DeviceN": 2}
"""Where spaces made of others name them."""
_OURS = Name("/PackdeskInks")
_PLAIN_INKS = {Name.DeviceCMYK, Name("/DefaultCMYK")}
_WITHOUT_FILL = {"f": "n", "F": "n", "f*": "n", "B": "S", "B*": "S", "b": "s", "b*": "s"}
_WITHOUT_STROKE = {"S": "n", "s": "n", "B": "f", "B*": "f*", "b": "f", "b*": "f*"}
_SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
_UNSEEN = 3  # of text rendering modes


def prepared(data: bytes, plain_inks: bytes) -> bytes:
    """The document as it is to be drawn; the very same bytes where nothing of its first page needs it.

    Args:
        data: the document.
        plain_inks: an ICC profile for inks that have none, and whose document says nothing of them.
    """
    return rewritten(data, lambda document: _Drawn(document, plain_inks=plain_inks))


def without_die(data: bytes) -> bytes:
    """The document without what is painted in an ink of the die; every other ink stays as it is."""
    return rewritten(data, _Printed)


@dataclass
class _Printed(Rewriter):
    def written(self, instruction: Instruction, resources: Any, pen: Pen) -> Iterator[Instruction]:
        """Nothing in an ink of the die."""
        operands, name = instruction
        fill, stroke = _is_left_out(pen.fill), _is_left_out(pen.stroke)
        if name in _SHOWS_TEXT and fill:
            yield [_UNSEEN], "Tr"
            yield operands, name
            yield [pen.letters], "Tr"
        elif not _is_die_paint(instruction, resources, fill=fill):
            name = _WITHOUT_FILL.get(name, name) if fill else name
            yield operands, _WITHOUT_STROKE.get(name, name) if stroke else name


@dataclass
class _Drawn(_Printed):
    plain_inks: bytes = b""
    _space: Any = None

    def written(self, instruction: Instruction, resources: Any, pen: Pen) -> Iterator[Instruction]:
        """Plain inks by their profile; nothing in an ink of the die."""
        operands, name = instruction
        if name in {"k", "K"}:
            yield [_OURS], "cs" if name == "k" else "CS"
            yield [_nudged(value) for value in operands], "sc" if name == "k" else "SC"
        elif name in {"cs", "CS"} and operands and _is_plain(operands[0]):
            yield [_OURS], name
        else:
            yield from super().written(instruction, resources, pen)

    def prepare(self, resources: Any) -> bool:
        """Give pictures, shadings and inks of their own that are mixed of plain ones the profile."""
        changed = False
        for kind in ("XObject", "Shading"):
            for one in (resources.get(Name(f"/{kind}")) or pikepdf.Dictionary()).values():
                if _is_plain(_space_of(one)):
                    one.ColorSpace = self._profiled()
                    changed = True
                changed |= self._mixed(_space_of(one))
        for one in (resources.get(Name.ColorSpace) or pikepdf.Dictionary()).values():
            changed |= self._mixed(one)
        return changed

    def named(self, resources: Any) -> Any:
        """With our space among them."""
        own = pikepdf.Dictionary(resources)
        spaces = pikepdf.Dictionary(dict((own.get(Name.ColorSpace) or pikepdf.Dictionary()).items()))
        spaces[_OURS] = self._profiled()
        own.ColorSpace = spaces
        return own

    def _mixed(self, space: Any) -> bool:
        """An array of a base or an alternative space."""
        at = _PARTS.get(str(first(space)), 0)
        if not at or len(space) <= at or not _is_plain(space[at]):
            return False
        space[at] = self._profiled()
        return True

    def _profiled(self) -> Any:
        if self._space is None:
            stream = self.document.make_stream(_intended(self.document) or self.plain_inks)
            stream.N = 4
            self._space = self.document.make_indirect(pikepdf.Array([Name.ICCBased, stream]))
        return self._space


def _intended(document: pikepdf.Pdf) -> bytes:
    """The profile of the printing a PDF/X document is made for, if that is of four inks."""
    for intent in document.Root.get(Name.OutputIntents) or ():
        profile = intent.get(Name.DestOutputProfile)
        if isinstance(profile, pikepdf.Stream) and profile.get(Name.N) == 4:
            return profile.read_bytes()
    return b""


def _is_plain(space: Any) -> bool:
    return isinstance(space, Name) and space in _PLAIN_INKS


def _is_left_out(space: Any) -> bool:
    """Whether it is an ink of the die, or several such."""
    names = ink_names(space)
    return bool(names) and all(map(is_die_line, names))


def _is_die_paint(instruction: Instruction, resources: Any, *, fill: bool) -> bool:
    """A shading or picture in an ink of the die, or a mask that such an ink is painted through."""
    operands, name = instruction
    if name == "sh":
        return _is_left_out(_space_of(named(resources, "Shading", operands)))
    picture = named(resources, "XObject", operands) if name == "Do" else None
    if not isinstance(picture, pikepdf.Stream):
        return False
    return _is_left_out(_space_of(picture)) or (fill and bool(picture.get(Name.ImageMask)))


def _space_of(one: Any) -> Any:
    return one.get(Name.ColorSpace) if isinstance(one, (pikepdf.Stream, pikepdf.Dictionary)) else None


def _nudged(value: Any) -> float:
    """A share of ink in the middle of its step of 255: PDFium cuts what is between two of them off."""
    return round((min(max(round(float(value) * 255), 0), 254.6) + 0.3) / 255, 5)
