"""Bringing back what a stale write of another program destroyed.

A program that reads the document, thinks, and writes it back whole destroys what was written meanwhile. The
latest versions are remembered, so the one it must have read can be found: the one that differs least from
what it wrote. That small difference is its change, and is applied to our newest version.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packdesk.domain.wire import decode_state
from packdesk.errors import ForeignDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Document = dict[str, Any]
    Path = tuple[str, ...]

WINDOW_MS = 5_000
MAX_CHANGED_LEAVES = 8
_ABSENT: Any = object()
_CLOCKS = {("created_at",), ("updated_at",)}
_FLAGS = ("in_progress", "generating_panel", "generating_panels", "bulk_generation_in_progress")
_SHAPE = {"package_type", "package_dimensions", "panel_textures"}


@dataclass(frozen=True)
class Version:
    """One document that stood, and since when, in milliseconds."""

    at_ms: int
    raw: bytes


@dataclass(frozen=True)
class Merge:
    """The foreign change on our newest version, and the fields that were brought back."""

    raw: bytes
    brought_back: tuple[str, ...]


def merge_stale_write(
    foreign: bytes,
    journal: Sequence[Version],
    now_ms: int,
    *,
    window_ms: int = WINDOW_MS,
    leased: bool = False,
) -> Merge | None:
    """What should stand instead of a foreign write, or None when it should stand as it is.

    Only versions that were the current one within the window count. What differs from one of them in nothing
    but times is no stale change but an undo, and is respected.

    Args:
        foreign: what another program wrote.
        journal: what stood lately, newest first; the newest is ours.
        now_ms: the time, by the clock of the journal.
        window_ms: how far back the foreign program may have read.
        leased: a generation of ours runs. Else no repair raises its flags, for nobody would lower them.
    """
    try:
        return _merged(foreign, _recent(journal, now_ms - window_ms), leased=leased)
    except (ForeignDocumentError, ValueError, RecursionError):  # not ours to judge: it stands
        return None


def _merged(foreign: bytes, versions: list[Document], *, leased: bool) -> Merge | None:
    decode_state(foreign)
    theirs = json.loads(foreign)
    base = _version_read(theirs, versions)
    if base is None or _shapes_clash(base, theirs, versions[0]):
        return None
    result = _combined(base, theirs, versions[0])
    if not (leased or theirs.get("in_progress") or theirs.get("bulk_generation_in_progress")):
        result = {key: value for key, value in result.items() if key not in _FLAGS}
        result |= {key: theirs[key] for key in _FLAGS if key in theirs}
    brought_back = tuple(_name(path) for path in _differences(theirs, result))
    if not brought_back:
        return None
    raw = json.dumps(result, separators=(",", ":"), allow_nan=False).encode("ascii")
    decode_state(raw)
    return Merge(raw, brought_back)


def _recent(journal: Sequence[Version], since_ms: int) -> list[Document]:
    """The newest version, and those replaced since then."""
    found: list[Document] = []
    for index, version in enumerate(journal):
        if index and journal[index - 1].at_ms < since_ms:
            break
        document = json.loads(version.raw)
        if not isinstance(document, dict):
            break
        found.append(document)
    return found


def _version_read(theirs: Document, versions: list[Document]) -> Document | None:
    """The version the foreign program read, if it is an old one."""
    changes = [list(_differences(version, theirs)) for version in versions]
    if not changes:
        return None
    nearest = min(range(len(changes)), key=lambda index: len(changes[index]))
    if nearest == 0 or len(changes[nearest]) > MAX_CHANGED_LEAVES or set(changes[nearest]) <= _CLOCKS:
        return None
    return versions[nearest]


def _shapes_clash(base: Document, theirs: Document, ours: Document) -> bool:
    """Whether one side changed the package type and the other sizes or textures of the old one."""
    touched = [{path[0] for path in _differences(base, side)} & _SHAPE for side in (theirs, ours)]
    return all(touched) and "package_type" in touched[0] | touched[1]


def _combined(base: Document, theirs: Document, ours: Document, path: Path = ()) -> Document:
    """What they changed since `base`, and for the rest ours."""
    result = {}
    for key in {**theirs, **ours}:
        before, their, our = (side.get(key, _ABSENT) for side in (base, theirs, ours))
        if _is_branch(their, (*path, key)) and isinstance(our, dict):
            below = before if isinstance(before, dict) else {}
            value = _combined(below, their, our, (*path, key))
        else:
            value = our if _same(before, their) else their
        if value is not _ABSENT:
            result[key] = value
    return result


def _differences(one: Any, other: Any, path: Path = ()) -> Iterator[Path]:
    """Where the leaves of two documents differ."""
    if _is_branch(one, path) and isinstance(other, dict):
        for key in {**one, **other}:
            yield from _differences(one.get(key, _ABSENT), other.get(key, _ABSENT), (*path, key))
    elif not _same(one, other):
        yield from dict.fromkeys([*_leaves(one, path), *_leaves(other, path)])


def _leaves(value: Any, path: Path) -> Iterator[Path]:
    if _is_branch(value, path) and value:
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif value is not _ABSENT:
        yield path


def _is_branch(value: Any, path: Path) -> bool:
    """Arrays are leaves, and so is each panel's texture: half of one and half of another is none."""
    return isinstance(value, dict) and not (len(path) == 2 and path[0] == "panel_textures")


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _name(path: Path) -> str:
    """A field for the log; never its value."""
    return ".".join(path)[:80].encode("unicode_escape").decode("ascii")
