"""Bringing back what a stale write of another program destroyed.

A program that reads the document, thinks, and writes it back whole destroys what was written meanwhile. The
latest versions are remembered, so the one it must have read can be found: the one that differs least from
what it wrote. That small difference is its change, and is applied to our newest version.

Type and sizes are not guessed about: whoever names others than ours has set them, and they stand.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packdesk.domain.leaves import (
    FLAGS,
    SIDES,
    content_differences,
    differences,
    flags,
    is_branch,
    is_texture,
    same,
    shape,
    strangers,
)
from packdesk.domain.lenient import ABSENT, value_at
from packdesk.domain.moments import same_moment
from packdesk.domain.skeleton import filled, skeleton_of
from packdesk.domain.wire import state_of
from packdesk.errors import ForeignDocumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packdesk.domain.leaves import Document, Path

WINDOW_MS = 5_000
MAX_CHANGED_LEAVES = 8
SEEN_MS = 1_000
"""Who takes a picture away has seen it, and that takes a person about that long."""

PATIENCE, PATIENCE_MS = 3, 3_000
"""How often, and for how long, the same old content is corrected before it stands: whoever still writes it
means it. A program that works fast writes its own old copy several times before it reads what was mended."""


@dataclass(frozen=True)
class Version:
    """One document that stood, and since when, in milliseconds; its long texts may be named (`skeleton`)."""

    at_ms: int
    raw: bytes
    foreign: bool = False


@dataclass(frozen=True)
class Merge:
    """The foreign change on our newest version, and the fields that were brought back."""

    raw: bytes
    brought_back: tuple[str, ...]


@dataclass(frozen=True)
class _Stood:
    at_ms: int
    document: Document
    foreign: bool


def merge_stale_write(
    foreign: bytes,
    journal: Sequence[Version],
    now_ms: int,
    *,
    leased: bool = False,
    newest: Callable[[], bytes | None] | None = None,
) -> Merge | None:
    """What should stand instead of a foreign write, or None when it should stand as it is.

    Only versions that were the current one within `WINDOW_MS` count.

    Args:
        foreign: what another program wrote.
        journal: what stood lately, newest first; the newest is ours.
        now_ms: the time, by the clock of the journal.
        leased: a generation of ours runs. Else no repair raises its flags, for nobody would lower them.
        newest: gives our newest version with its long texts; asked only when the journal names one that has
            to be brought back.
    """
    try:
        versions = _recent(journal, now_ms - WINDOW_MS)
        if _insisted(foreign, versions, now_ms):
            return None
        return _merged(foreign, versions, now_ms, newest, leased=leased)
    except (ForeignDocumentError, ValueError, RecursionError, KeyError, TypeError):
        return None  # not ours to judge, or a picture is not at hand any more: it stands


def _merged(
    foreign: bytes,
    versions: list[_Stood],
    now_ms: int,
    newest: Callable[[], bytes | None] | None,
    *,
    leased: bool,
) -> Merge | None:
    theirs, texts = skeleton_of(json.loads(foreign))
    state_of(theirs)
    ours = versions[0].document if versions else {}
    base = _version_read(theirs, versions, now_ms)
    if base is None or _begins_anew(theirs, ours):
        return None
    result = _judged(base, theirs, ours, leased=leased)
    brought_back = tuple(_name(path) for path in differences(theirs, result))
    if not brought_back:
        return None
    state_of(result)
    whole = _whole(result, texts, newest)
    raw = json.dumps(whole, separators=(",", ":"), allow_nan=False).encode("ascii")
    return Merge(raw, brought_back)


def _whole(result: Document, texts: dict[str, str], newest: Callable[[], bytes | None] | None) -> Any:
    try:
        return filled(result, texts)
    except KeyError:
        raw = newest() if newest is not None else None
        if raw is None:
            raise
        return filled(result, texts | skeleton_of(json.loads(raw))[1])


def _recent(journal: Sequence[Version], since_ms: int) -> list[_Stood]:
    """The newest version, and those replaced since then."""
    found: list[_Stood] = []
    for index, version in enumerate(journal):
        if index and journal[index - 1].at_ms < since_ms:
            break
        document = json.loads(version.raw)
        if not isinstance(document, dict):
            break
        found.append(_Stood(version.at_ms, skeleton_of(document)[0], version.foreign))
    return found


def _version_read(theirs: Document, versions: list[_Stood], now_ms: int) -> Document | None:
    """The version the foreign program read: the nearest, of equals the newest.

    None when it is our newest one, unless fields were dropped that nobody meant to remove.
    """
    if not versions:
        return None
    distances = [_distance(index, theirs, versions, now_ms) for index in range(len(versions))]
    nearest = versions[distances.index(min(distances))].document
    if nearest is versions[0].document and not _drops_fields(theirs, nearest):
        return None
    changed = _content_changes(nearest, theirs)
    return nearest if len(changed) <= MAX_CHANGED_LEAVES else None


def _drops_fields(theirs: Document, version: Document) -> bool:
    """Whether its writer keeps no field it does not know, and there were some."""
    places: list[Path] = [(), ("package_dimensions",)]
    return any(
        strangers(value_at(version, place), place) and not strangers(value_at(theirs, place), place)
        for place in places
    )


def _distance(index: int, theirs: Document, versions: list[_Stood], now_ms: int) -> int:
    """How much must have happened for `theirs` to come from that version.

    Nobody writes in order to say nothing, so no change at all counts as one. A picture that stood before
    comes back only from an old copy, and one of ours that nobody can have seen yet is taken away only by
    one, so these count twice. A program has read what it wrote last, or something newer.
    """
    version = versions[index].document
    changed = _content_changes(version, theirs)
    overtaken = int(any(one.foreign for one in versions[:index]))
    if not changed:
        says_nothing = shape(version) == shape(theirs) and flags(version) == flags(theirs)
        return int(says_nothing) + overtaken
    older = versions[index:]
    unlikely = sum(1 for path in changed if _stood_before(path, theirs, older[1:]))
    unlikely += sum(1 for path in changed if _is_unseen(path, theirs, older, now_ms))
    return len(changed) + unlikely + overtaken


def _stood_before(path: Path, theirs: Document, older: list[_Stood]) -> bool:
    value = value_at(theirs, path)
    if not is_texture(path) or value is ABSENT:
        return False
    return any(same(path, value_at(one.document, path), value) for one in older)


def _is_unseen(path: Path, theirs: Document, versions: list[_Stood], now_ms: int) -> bool:
    """Whether a picture they do not have was put there by us just now."""
    value = value_at(versions[0].document, path)
    if not is_texture(path) or value_at(theirs, path) is not ABSENT:
        return False
    stood = itertools.takewhile(lambda one: same(path, value_at(one.document, path), value), versions)
    came = list(stood)[-1]
    return not came.foreign and now_ms - came.at_ms < SEEN_MS


def _content_changes(version: Document, theirs: Document) -> list[Path]:
    return [path for path in content_differences(version, theirs) if not _only_dropped(path, theirs)]


def _only_dropped(path: Path, theirs: Document) -> bool:
    """Whether a field is gone because its writer keeps none it does not know."""
    return any(
        strangers({key: None}, path[:depth]) and not strangers(value_at(theirs, path[:depth]), path[:depth])
        for depth, key in enumerate(path)  # a field inside an unknown one goes with it
    )


def _begins_anew(theirs: Document, ours: Document) -> bool:
    """Whether it is another design, not an edit of ours."""
    times = theirs.get("created_at"), ours.get("created_at")
    if all(times) and not same_moment(*times):
        return True
    return not theirs.get("panel_textures") and not any(shape(theirs)[1:])


def _insisted(foreign: bytes, versions: list[_Stood], now_ms: int) -> bool:
    """Whether the same content was corrected again and again, and is still written."""
    others = [one for one in versions if one.foreign]
    if len(others) < PATIENCE or now_ms - others[-1].at_ms < PATIENCE_MS:
        return False
    theirs, newest = skeleton_of(json.loads(foreign))[0], versions[0].document
    since = max(index for index, one in enumerate(versions) if not content_differences(one.document, newest))
    times = [
        one.at_ms for one in versions[:since] if one.foreign and not content_differences(one.document, theirs)
    ]
    return len(times) >= PATIENCE and now_ms - times[-1] >= PATIENCE_MS


def _judged(base: Document, theirs: Document, ours: Document, *, leased: bool) -> Document:
    """What they changed since `base`, and for the rest ours; type and sizes are theirs where they differ."""
    result = _combined(base, theirs, ours)
    if shape(theirs) != shape(ours):
        result["package_type"] = theirs.get("package_type")
        result["package_dimensions"] = _sized(theirs, result)
    if theirs.get("package_type") != ours.get("package_type"):
        result["panel_textures"] = theirs.get("panel_textures", {})
    if not (leased or theirs.get("in_progress") or theirs.get("bulk_generation_in_progress")):
        result = {key: value for key, value in result.items() if key not in FLAGS}
        result |= {key: theirs[key] for key in FLAGS if key in theirs}
    return result


def _sized(theirs: Document, result: Document) -> Any:
    sizes = theirs.get("package_dimensions")
    around = result.get("package_dimensions")
    if not isinstance(sizes, dict) or not isinstance(around, dict):
        return sizes
    return {key: value for key, value in around.items() if key not in SIDES} | {
        key: sizes[key] for key in SIDES if key in sizes
    }


def _combined(base: Document, theirs: Document, ours: Document, path: Path = ()) -> Document:
    result = {}
    drops = not strangers(theirs, path)
    for key in {**theirs, **ours}:
        here = (*path, key)
        before, their, our = (side.get(key, ABSENT) for side in (base, theirs, ours))
        if is_branch(their, here) and isinstance(our, dict):
            below = before if isinstance(before, dict) else {}
            value = _combined(below, their, our, here)
        elif their is ABSENT and drops and key in strangers(ours, path):
            value = our
        else:
            value = _leaf(here, before, their, our)
        if value is not ABSENT:
            result[key] = value
    return result


def _leaf(path: Path, before: Any, their: Any, our: Any) -> Any:
    if same(path, before, their):
        return our
    # Who takes a picture off a panel means the picture he saw, not the one that took its place meanwhile.
    removed = is_texture(path) and their is ABSENT
    return our if removed and not same(path, before, our) else their


def _name(path: Path) -> str:
    """A field for the log; never its value."""
    return ".".join(path)[:80].encode("unicode_escape").decode("ascii")
