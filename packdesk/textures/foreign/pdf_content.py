"""The content of a PDF page, read and written operator by operator (ISO 32000-1, annex A), by pikepdf.

In processes of their own only: whatever is wrong with a document is raised as pikepdf raises it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Name, Operator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_CONTENT_BYTES = 4 * 2**20
"""Of one stream: more takes seconds."""
_DEEPEST = 8
_MOST_UNIT = 75_000.0  # what Acrobat takes
_COLOURED_BY = {"g": "fill", "rg": "fill", "k": "fill", "G": "stroke", "RG": "stroke", "K": "stroke"}
_SPACED_BY = {"cs": "fill", "CS": "stroke"}
FAULTS = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RuntimeError,
)
"""What reading a damaged document raises."""


def be_ready_for_locks() -> None:
    """While files can be opened: for encrypted documents qpdf wants random numbers of a device, once."""
    document = pikepdf.new()
    document.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="o", user=""))


def user_unit(page: Any) -> float:
    """Points in one unit of a page (ISO 32000-1, 7.7.3.3); programs that draw more than 5 m use it."""
    try:
        unit = float(page.get("/UserUnit", 1))
    except FAULTS:
        return 1.0
    return unit if 0 < unit <= _MOST_UNIT else 1.0


def first_user_unit(data: bytes) -> float:
    """As `user_unit`, of a document's first page; 1 where it cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            return user_unit(document.pages[0].obj)
    except (*FAULTS, IndexError):
        return 1.0


Instruction = tuple[list[Any], str]


@dataclass
class Pen:
    """What is drawn with now.

    Attributes:
        fill: the colour space things are filled in, where the content names one; else None.
        stroke: likewise of strokes.
        letters: the text rendering mode.
    """

    fill: Any = None
    stroke: Any = None
    letters: int = 0


@dataclass
class Rewriter:
    """Writes a page and the forms on it anew; subclasses say what stands for each operator."""

    document: pikepdf.Pdf
    seen: set[tuple[int, int]] = field(default_factory=set)

    def write(self, page: Any) -> bool:
        """Write a page anew; whether anything is another."""
        return self._write(page, resources_of(page), Pen(), 0)

    def written(self, instruction: Instruction, resources: Any, pen: Pen) -> Iterator[Instruction]:
        """What stands for an operator; drawing a form is not asked for."""
        del resources, pen
        yield instruction

    def prepare(self, resources: Any) -> bool:
        """Change what a content names; whether anything is another."""
        del resources
        return False

    def named(self, resources: Any) -> Any:
        """The resources of a content that is another: shared ones are not to be changed."""
        return resources

    def _write(self, content: Any, resources: Any, pen: Pen, depth: int) -> bool:
        form = isinstance(content, pikepdf.Stream)
        stream = content if form else content.get(Name.Contents)
        if stream is None or _length(stream) > MOST_CONTENT_BYTES:
            return False
        before = [(list(one.operands), str(one.operator)) for one in pikepdf.parse_content_stream(content)]
        changed = self.prepare(resources)
        after, below = self._instructions(before, resources, pen, depth)
        if after == before:
            return changed or below
        data = pikepdf.unparse_content_stream([(operands, Operator(name)) for operands, name in after])
        content.Resources = self.named(resources)
        if form:
            content.write(data)
        else:
            content.Contents = self.document.make_stream(data)
        return True

    def _instructions(
        self, before: list[Instruction], resources: Any, pen: Pen, depth: int
    ) -> tuple[list[Instruction], bool]:
        kept: list[Pen] = []
        after: list[Instruction] = []
        below = False
        for operands, name in before:
            if name == "q":
                kept.append(replace(pen))
            elif name == "Q" and kept:
                pen = kept.pop()
            elif name in _COLOURED_BY:
                setattr(pen, _COLOURED_BY[name], None)
            elif name in _SPACED_BY:
                setattr(pen, _SPACED_BY[name], named(resources, "ColorSpace", operands))
            elif name == "Tr":
                pen.letters = int(operands[0])
            drawn = named(resources, "XObject", operands) if name == "Do" else None
            if isinstance(drawn, pikepdf.Stream) and drawn.get(Name.Subtype) == Name.Form:
                below |= self._form(drawn, resources, replace(pen), depth)
                after.append((operands, name))
            else:
                after.extend(self.written((operands, name), resources, pen))
        return after, below

    def _form(self, form: Any, resources: Any, pen: Pen, depth: int) -> bool:
        if form.objgen in self.seen or depth >= _DEEPEST:
            return False
        self.seen.add(form.objgen)
        return self._write(form, form.get(Name.Resources) or resources, pen, depth + 1)


def rewritten(data: bytes, by: Callable[[pikepdf.Pdf], Rewriter]) -> bytes:
    """The document with its first page written anew; the same bytes where nothing changes, or is damaged."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if not by(document).write(document.pages[0].obj):
                return data
            buffer = io.BytesIO()
            document.save(buffer, compress_streams=False, fix_metadata_version=False)
            return buffer.getvalue()
    except FAULTS:  # what draws the document is more patient, or says what is wrong
        return data


def resources_of(page: Any) -> Any:
    """Of a page, which may have them from its parents."""
    for _ in range(50):
        found = page.get(Name.Resources)
        if found is not None:
            return found
        page = page.get(Name.Parent)
        if page is None:
            break
    return pikepdf.Dictionary()


def named(resources: Any, kind: str, operands: list[Any]) -> Any:
    """What the first operand names among the resources of a kind; None for nothing."""
    found = resources.get(Name(f"/{kind}"))
    named_so = bool(operands) and isinstance(operands[0], Name)
    return found.get(operands[0]) if isinstance(found, pikepdf.Dictionary) and named_so else None


def first(space: Any) -> Any:
    """What kind of colour space an array is; None for one that is only a name."""
    return space[0] if isinstance(space, pikepdf.Array) and len(space) else None


def ink_names(space: Any) -> list[str]:
    """The inks of a colour space of spot inks; none of any other."""
    if first(space) not in (Name.Separation, Name.DeviceN) or len(space) < 2:
        return []
    inks = space[1]
    return [str(ink).removeprefix("/") for ink in (inks if isinstance(inks, pikepdf.Array) else [inks])]


def _length(content: Any) -> int:
    parts = list(content) if isinstance(content, pikepdf.Array) else [content]
    return sum(len(part.read_bytes()) for part in parts)
