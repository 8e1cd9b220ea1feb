"""Reading documents as other programs leave them: missing, null or zero where the contract wants a value.

What is missing is shown as the default it stands for. The document keeps what it had there until somebody
changes that very part: then it is written as the contract has it.
"""

from __future__ import annotations

import math
from enum import Enum
from types import NoneType
from typing import TYPE_CHECKING, Any, NamedTuple

from packdesk.domain.dimensions import DEFAULT_DIMENSIONS, MAX_READ_MM, PACKAGE_TYPES
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    Document = dict[str, Any]
    Path = tuple[str, ...]


class _Absent(Enum):
    """Its one value stands for nothing at all; it stays itself on the way to another process."""

    ABSENT = "absent"


ABSENT: Any = _Absent.ABSENT
MOST_NAMES = 100
"""Of a list of names no more are read: a package has six panels."""

_SIDES = ("width", "height", "depth")
_EMPTY: dict[str, Any] = {
    "panel_textures": {},
    "in_progress": False,
    "generating_panels": [],
    "bulk_generation_in_progress": False,
}
_TEXTS = ("generating_panel", "last_error", "created_at", "updated_at")


class StandIn(NamedTuple):
    """A part of a document that is shown as something else than what stands there.

    Attributes:
        path: where.
        shown: what it is shown as, in the form it would be written.
        kept: what stands there.
        note: a sentence about it, where it is of note.
    """

    path: Path
    shown: Any
    kept: Any
    note: str = ""


def readable(document: Document) -> tuple[Document, dict[Path, str]]:
    """A document of the contract's form, and where it differs, each with a sentence where that is of note.

    What cannot be understood is left as it is, for the contract to refuse.
    """
    changes = {
        **_plain_changes(document),
        **dict(_size_changes(document)),
        **dict(_texture_changes(document)),
    }
    result = dict(document)
    for path, value in changes.items():
        put_at(result, path, value)
    return result, {path: _note(document, path, shown) for path, shown in changes.items()}


def put_at(document: Document, path: Path, value: Any) -> None:
    """Set, or with `ABSENT` remove, what stands at a place; the documents on the way are copied."""
    for key in path[:-1]:
        inner = dict(document[key]) if isinstance(document.get(key), dict) else {}
        document[key] = inner
        document = inner
    if value is ABSENT:
        document.pop(path[-1], None)
    else:
        document[path[-1]] = value


def value_at(document: Any, path: Path) -> Any:
    """What stands at a place, or `ABSENT`."""
    for key in path:
        document = document.get(key, ABSENT) if isinstance(document, dict) else ABSENT
    return document


def _plain_changes(document: Document) -> dict[Path, Any]:
    changes: dict[Path, Any] = {
        (name,): empty for name, empty in _EMPTY.items() if name in document and document[name] is None
    }
    if document.get("panel_textures") == []:  # as some languages write an empty object
        changes[("panel_textures",)] = {}
    panels = document.get("generating_panels")
    if isinstance(panels, list) and len(panels) > MOST_NAMES:
        changes[("generating_panels",)] = panels[:MOST_NAMES]
    for name in _TEXTS:
        if isinstance(document.get(name), (dict, list, int, float)):
            changes[(name,)] = None
    return changes


def _size_changes(document: Document) -> Iterator[tuple[Path, Document]]:
    kind = document.get("package_type")
    sizes = document.get("package_dimensions")
    ours = "panel_textures" in document or "package_dimensions" in document
    if kind not in PACKAGE_TYPES or not ours or not isinstance(sizes, (dict, NoneType)):
        return
    given = sizes if isinstance(sizes, dict) else {}
    usual = DEFAULT_DIMENSIONS[kind].model_dump()
    shown = {side: _length(given.get(side), usual[side]) for side in _SIDES}
    if kind == "cylinder":  # programs with a radius slider change the width only
        shown["depth"] = shown["width"]
    if any(given.get(side) != shown[side] or isinstance(given.get(side), bool) for side in _SIDES):
        yield ("package_dimensions",), {**given, **shown}


def _length(value: Any, usual: float) -> float:
    """A length in millimetres: a number, or a text that is one; the usual one where it is none."""
    if isinstance(value, str) and len(value) < 40:
        try:
            value = float(value)
        except ValueError:
            return usual
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if number and 0 < value <= MAX_READ_MM and math.isfinite(value) else usual


def _texture_changes(document: Document) -> Iterator[tuple[Path, Any]]:
    textures = document.get("panel_textures")
    if not isinstance(textures, dict):
        return
    for panel_id, texture in textures.items():
        if texture is None or (isinstance(texture, dict) and not texture.get("texture_url", None)):
            yield ("panel_textures", panel_id), ABSENT
        elif isinstance(texture, dict) and (changes := _inside_texture(panel_id, texture)):
            yield ("panel_textures", panel_id), {**texture, **changes}


def _inside_texture(panel_id: str, texture: Document) -> Document:
    changes: Document = {}
    if not isinstance(texture.get("panel_id"), str):
        changes["panel_id"] = panel_id
    if texture.get("prompt", "") is None:
        changes["prompt"] = ""
    if isinstance(texture.get("generated_at"), (dict, list, int, float)):
        changes["generated_at"] = None
    size = texture.get("dimensions", {})
    if size is None:
        changes["dimensions"] = {}
    elif isinstance(size, dict) and (
        bad := [side for side in ("width", "height") if not _is_length(size, side)]
    ):
        changes["dimensions"] = {key: value for key, value in size.items() if key not in bad}
    return changes


def _is_length(size: Document, side: str) -> bool:
    return side not in size or (
        _length(size[side], -1) == size[side] and not isinstance(size[side], (str, bool))
    )


def _note(document: Document, path: Path, shown: Any) -> str:
    if path == ("package_dimensions",):
        given = document.get("package_dimensions")
        sides = [given.get(side) if isinstance(given, dict) else None for side in _SIDES]
        if sides[:2] == [shown[side] for side in _SIDES[:2]] and document["package_type"] == "cylinder":
            return Sentence(
                "The stored depth of the cylinder differs from its width, which is shown as its diameter."
            )
        lacking = [side for side, value in zip(_SIDES, sides, strict=True) if _length(value, 0) == 0]
        if lacking:
            return Sentence(
                "The stored size cannot be used ({sides}); the usual one stands in.", sides=", ".join(lacking)
            )
    if path[0] == "panel_textures" and shown is ABSENT:
        return Sentence(
            "The stored design names artwork without saying where it is; these panels are shown bare."
        )
    return ""
