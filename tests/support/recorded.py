"""Results as they were when somebody looked at them: a formula may change them, but not unseen.

A result is any nest of numbers, texts, dataclasses, models, arrays and containers. Kept of it are how many
numbers and texts there are, two weighted sums of the numbers, and a digest of the texts: whatever changes,
one of the four does. `make record` keeps what results are now; say in the commit why they may change.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel

FILE = Path(__file__).parent.parent / "recorded.json"
RECORD = "RECORD_RESULTS"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_TOLERANCE = 1e-5


def assert_recorded(name: str, result: object) -> None:
    """Fail when a result is not what was kept under that name."""
    found = fingerprint(result)
    known = _known()
    if os.environ.get(RECORD):
        if known.get(name) is None or not _same(known[name], found):
            kept = sorted({**known, name: found}.items())
            lines = [f"{json.dumps(key)}: {json.dumps(one)}" for key, one in kept]
            _known.cache_clear()
            FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
        return
    assert name in known, f"“make record” keeps what {name} is now"
    assert _same(known[name], found), f"{name} is another one: {known[name]} was kept, now it is {found}"


def numbers_in(text: str) -> tuple[str, list[float]]:
    """A file's text without its numbers, and these."""
    return _NUMBER.sub("#", text), [float(found) for found in _NUMBER.findall(text)]


def fingerprint(result: object) -> list[Any]:
    """How many numbers and texts, two sums over the numbers, and a digest of the texts."""
    numbers: list[np.ndarray] = []
    texts: list[str] = []
    for part in _parts(result):
        if isinstance(part, str):
            texts.append(part)
        else:
            numbers.append(part)
    flat = np.concatenate(numbers) if numbers else np.empty(0)
    weights = np.random.default_rng(1).uniform(0.5, 1.5, (2, len(flat)))
    sums = [float(weights[0] @ flat), float(weights[1] @ np.abs(flat))]
    digest = hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return [len(flat), len(texts), *sums, digest]


@cache
def _known() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return known


def _same(one: list[Any], other: list[Any]) -> bool:
    sums = zip(one[2:4], other[2:4], strict=True)
    near = all(a == pytest.approx(b, rel=1e-10, abs=_TOLERANCE) for a, b in sums)
    return near and [*one[:2], one[4]] == [*other[:2], other[4]]


def _parts(value: object) -> Iterator[str | np.ndarray]:
    if isinstance(value, np.ndarray):
        yield str(value.shape)
        yield value.astype(float).ravel()
    elif isinstance(value, Enum):
        yield str(value.value)
    elif isinstance(value, bool) or value is None:
        yield str(value)
    elif isinstance(value, int | float | np.number):
        yield np.array([float(value)])
    elif isinstance(value, str | bytes):
        yield value if isinstance(value, str) else hashlib.sha256(value).hexdigest()
    else:
        yield from _inner(value)


def _inner(value: object) -> Iterator[str | np.ndarray]:
    if isinstance(value, BaseModel):
        yield from _parts(value.model_dump())
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for one in dataclasses.fields(value):
            yield one.name
            yield from _parts(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for key in value:
            yield str(key)
            yield from _parts(value[key])
    elif isinstance(value, set | frozenset):
        yield from _parts(sorted(value, key=str))
    elif isinstance(value, list | tuple | Iterator):
        parts = list(value)
        yield str(len(parts))
        for part in parts:
            yield from _parts(part)
    else:
        raise TypeError(type(value))
