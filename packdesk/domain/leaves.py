"""The parts of the shared document as its readers understand them, and where two documents differ in them.

A leaf is what is changed as one: a panel's texture with all that belongs to it, type and sizes together, any
other value. Leaves are compared by what they mean: moments as moments, absent as the default it stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packdesk.domain.lenient import ABSENT
from packdesk.domain.moments import moment
from packdesk.domain.state import PackagingState

if TYPE_CHECKING:
    from collections.abc import Iterator

    Document = dict[str, Any]
    Path = tuple[str, ...]

CLOCKS = frozenset({"created_at", "updated_at"})
FLAGS = ("in_progress", "generating_panel", "generating_panels", "bulk_generation_in_progress")
SIDES = ("width", "height", "depth")
_KNOWN = {(): frozenset(PackagingState.model_fields), ("package_dimensions",): frozenset(SIDES)}
_DEFAULTS: dict[str, Any] = {
    name: field.default
    for name, field in PackagingState.model_fields.items()
    if not field.is_required() and name != "panel_textures"
}


def shape(document: Document) -> tuple[Any, ...]:
    """Package type and the three sizes, as far as they are given."""
    sizes = document.get("package_dimensions")
    return document.get("package_type"), *(
        sizes.get(side) if isinstance(sizes, dict) else None for side in SIDES
    )


def flags(document: Document) -> tuple[Any, ...]:
    """What says whether anybody generates, and how it ended."""
    return tuple(meaning((name,), document.get(name, ABSENT)) for name in (*FLAGS, "last_error"))


def content_differences(one: Document, other: Document) -> list[Path]:
    """Where two documents differ in anything but type, sizes, flags and clocks."""
    apart = {*FLAGS, *CLOCKS, "last_error", "package_type"}
    return [path for path in differences(one, other) if path[0] not in apart and not is_side(path)]


def differences(one: Any, other: Any, path: Path = ()) -> Iterator[Path]:
    """Where the leaves of two documents differ."""
    if is_branch(one, path) and isinstance(other, dict):
        for key in {**one, **other}:
            yield from differences(one.get(key, ABSENT), other.get(key, ABSENT), (*path, key))
    elif not same(path, one, other):
        yield from dict.fromkeys([*_leaves(one, path), *_leaves(other, path)])


def same(path: Path, one: Any, other: Any) -> bool:
    """Whether two values mean the same at that place."""
    one, other = meaning(path, one), meaning(path, other)
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def meaning(path: Path, value: Any) -> Any:
    """What a value says, in whatever form it is written."""
    if len(path) == 1 and path[0] in _DEFAULTS:
        value = _DEFAULTS[path[0]] if value is ABSENT or value is None else value
        return (moment(value) or value) if path[0] in CLOCKS else value
    if is_texture(path) and isinstance(value, dict):
        return _texture_meaning(path[1], value)
    return value


def is_texture(path: Path) -> bool:
    """Whether a panel's texture is at that place."""
    return len(path) == 2 and path[0] == "panel_textures"


def is_side(path: Path) -> bool:
    """Whether one of the sizes, or all of them, is at that place."""
    return path == ("package_dimensions",) or (path[0] == "package_dimensions" and path[-1] in SIDES)


def is_branch(value: Any, path: Path) -> bool:
    """Arrays are leaves, and so is each panel's texture: half of one and half of another is none."""
    return isinstance(value, dict) and not is_texture(path)


def strangers(document: Any, path: Path) -> set[str]:
    """The fields at that place which the contract does not know; none where it knows none at all."""
    return set(document) - _KNOWN[path] if path in _KNOWN and isinstance(document, dict) else set()


def _texture_meaning(panel_id: str, texture: Document) -> tuple[Any, ...]:
    size = texture.get("dimensions")
    sides = (size.get("width"), size.get("height")) if isinstance(size, dict) else (None, None)
    made = texture.get("generated_at")
    named = texture.get("panel_id") or panel_id
    return named, texture.get("texture_url"), texture.get("prompt") or "", moment(made) or made, *sides


def _leaves(value: Any, path: Path) -> Iterator[Path]:
    if is_branch(value, path) and value:
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif value is not ABSENT:
        yield path
