"""A PDF document before it is drawn: lines of the die are left out, and CMYK gets its profile.

PDFium knows neither. Written by pikepdf (qpdf), in the decoding process only. A page's content is read and
written operator by operator (ISO 32000-1, annex A); what cannot be read that way is drawn as it is.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Name, Operator

from packdesk.domain.line_names import is_die_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_CONTENT_BYTES = 4 * 2**20
"""Of one stream: more takes seconds."""
_DEEPEST = 8
_PARTS = {"/Indexed": 1, "/Separation": 2, "/DeviceN": 2}
"""Where spaces made of others name them."""
_OURS = Name("/PackdeskInks")
_PLAIN_INKS = {Name.DeviceCMYK, Name("/DefaultCMYK")}
_FILLED_BY = {"g", "rg", "k", "G", "RG", "K"}
_WITHOUT_FILL = {"f": "n", "F": "n", "f*": "n", "B": "S", "B*": "S", "b": "s", "b*": "s"}
_WITHOUT_STROKE = {"S": "n", "s": "n", "B": "f", "B*": "f*", "b": "f", "b*": "f*"}
_SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
_UNSEEN = 3  # of text rendering modes
_Instruction = tuple[list[Any], str]


def prepared(data: bytes, plain_inks: bytes) -> bytes:
    """The document as it is to be drawn; the very same bytes where nothing of its first page needs it.

    Args:
        data: the document.
        plain_inks: an ICC profile for inks that have none, and whose document says nothing of them.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            writer = _Writer(document, plain_inks)
            if not writer.write(document.pages[0].obj):
                return data
            buffer = io.BytesIO()
            document.save(buffer, compress_streams=False)
            return buffer.getvalue()
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        return data


@dataclass
class _Ink:
    """Whether what is filled, stroked and written now is left out, and how letters are drawn."""

    fill: bool = False
    stroke: bool = False
    letters: int = 0

    def copy(self) -> _Ink:
        return _Ink(self.fill, self.stroke, self.letters)


@dataclass
class _Writer:
    """Writes the content of a page, and of the forms on it, anew."""

    document: pikepdf.Pdf
    plain_inks: bytes
    seen: set[tuple[int, int]] = field(default_factory=set)
    _space: Any = None
    _changed_below: bool = False

    def write(self, page: Any, ink: _Ink | None = None, depth: int = 0) -> bool:
        """Write a page or a form; whether anything is another."""
        resources = page.get(Name.Resources) or pikepdf.Dictionary()
        content = page if isinstance(page, pikepdf.Stream) else page.get(Name.Contents)
        if content is None or _length(content) > _MOST_CONTENT_BYTES:
            return False
        before = [
            (list(one.operands), str(one.operator)) if hasattr(one, "operands") else one
            for one in pikepdf.parse_content_stream(page)
        ]
        changed = self._spaces(resources)
        after = list(self._instructions(before, resources, ink or _Ink(), depth))
        if after != before:
            written = pikepdf.unparse_content_stream([(operands, Operator(name)) for operands, name in after])
            self._name_ours(page, resources)
            if isinstance(page, pikepdf.Stream):
                page.write(written)
            else:
                page.Contents = self.document.make_stream(written)
            changed = True
        return changed or self._changed_below

    def _instructions(
        self, before: list[Any], resources: Any, ink: _Ink, depth: int
    ) -> Iterator[_Instruction]:
        kept: list[_Ink] = []
        for operands, name in before:
            if name == "q":
                kept.append(ink.copy())
            elif name == "Q" and kept:
                ink = kept.pop()
            elif name in _FILLED_BY or name in {"cs", "CS"}:
                hidden = name in {"cs", "CS"} and _is_left_out(_named(resources, "ColorSpace", operands))
                setattr(ink, "fill" if name.islower() else "stroke", hidden)
            elif name == "Tr":
                ink.letters = int(operands[0])
            yield from self._written(operands, name, resources, ink, depth)

    def _written(
        self, operands: list[Any], name: str, resources: Any, ink: _Ink, depth: int
    ) -> Iterator[_Instruction]:
        if name in {"k", "K"}:
            yield [_OURS], "cs" if name == "k" else "CS"
            yield [_nudged(value) for value in operands], "sc" if name == "k" else "SC"
        elif name in {"cs", "CS"} and operands and _is_plain(operands[0]):
            yield [_OURS], name
        elif name in _SHOWS_TEXT and ink.fill:
            yield [_UNSEEN], "Tr"
            yield operands, name
            yield [ink.letters], "Tr"
        elif name == "sh" and _is_left_out(_space_of(_named(resources, "Shading", operands))):
            return
        elif name == "Do":
            yield from self._drawn(operands, resources, ink, depth)
        else:
            name = _WITHOUT_FILL.get(name, name) if ink.fill else name
            yield operands, _WITHOUT_STROKE.get(name, name) if ink.stroke else name

    def _drawn(self, operands: list[Any], resources: Any, ink: _Ink, depth: int) -> Iterator[_Instruction]:
        drawn = _named(resources, "XObject", operands)
        if not isinstance(drawn, pikepdf.Stream):
            yield operands, "Do"
        elif drawn.get(Name.Subtype) == Name.Form:
            if drawn.objgen not in self.seen and depth < _DEEPEST:
                self.seen.add(drawn.objgen)
                self._changed_below |= self.write(drawn, ink.copy(), depth + 1)
            yield operands, "Do"
        elif not _is_left_out(_space_of(drawn)) and not (drawn.get(Name.ImageMask) and ink.fill):
            yield operands, "Do"

    def _spaces(self, resources: Any) -> bool:
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

    def _mixed(self, space: Any) -> bool:
        """An array of a base or an alternative space: /Indexed, /Separation, /DeviceN."""
        at = _PARTS.get(str(_first(space)), 0)
        if not at or len(space) <= at or not _is_plain(space[at]):
            return False
        space[at] = self._profiled()
        return True

    def _name_ours(self, page: Any, resources: Any) -> None:
        """The page may have its resources from its parent, which others share."""
        own = pikepdf.Dictionary(resources)
        spaces = pikepdf.Dictionary(dict((own.get(Name.ColorSpace) or pikepdf.Dictionary()).items()))
        spaces[_OURS] = self._profiled()
        own.ColorSpace = spaces
        page.Resources = own

    def _profiled(self) -> Any:
        if self._space is None:
            stream = self.document.make_stream(_intended(self.document) or self.plain_inks)
            stream.N = 4
            space = pikepdf.Array([Name.ICCBased, stream])
            self._space = self.document.make_indirect(space)
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
    if _first(space) == Name.Separation and len(space) > 1:
        return is_die_line(_text(space[1]))
    if _first(space) == Name.DeviceN and len(space) > 1:
        return all(is_die_line(_text(name)) for name in space[1])
    return False


def _named(resources: Any, kind: str, operands: list[Any]) -> Any:
    found = resources.get(Name(f"/{kind}"))
    return None if found is None or not operands else found.get(operands[0])


def _space_of(one: Any) -> Any:
    return one.get(Name.ColorSpace) if isinstance(one, (pikepdf.Stream, pikepdf.Dictionary)) else None


def _first(space: Any) -> Any:
    return space[0] if isinstance(space, pikepdf.Array) and len(space) else None


def _text(name: Any) -> str:
    return str(name).removeprefix("/")


def _length(content: Any) -> int:
    parts = list(content) if isinstance(content, pikepdf.Array) else [content]
    return sum(len(part.read_bytes()) for part in parts)


def _nudged(value: Any) -> float:
    """A share of ink in the middle of its step of 255: PDFium cuts what is between two of them off."""
    return round((min(max(round(float(value) * 255), 0), 254.6) + 0.3) / 255, 5)
