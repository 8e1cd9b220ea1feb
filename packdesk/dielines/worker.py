"""The reading process: a file comes in, lines go out."""

from __future__ import annotations

import array
import json
from typing import TYPE_CHECKING

from packdesk.textures.foreign import limits
from packdesk.textures.foreign.worker import faults_told

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from packdesk.dielines.found import Found

LINES = b"lines"


def run(pipe: Connection, kind: str) -> None:
    """Answer one request, and end.

    Args:
        pipe: brings the file; takes the answer.
        kind: PDF, SVG or DXF.
    """
    limits.settle_in()
    with faults_told(pipe):
        lines_of = _reader(kind)
        pipe.send_bytes(b"ready")
        _answer(pipe, lines_of(pipe.recv_bytes()))


def _reader(kind: str) -> Callable[[bytes], Found]:
    """Its libraries are imported before there are limits."""
    from importlib import import_module  # noqa: PLC0415  (loaded already)

    module = import_module(f"packdesk.dielines.{kind.lower()}")
    module.prepare()
    return module.lines_of  # type: ignore[no-any-return]


def _answer(pipe: Connection, found: Found) -> None:
    names = sorted(set(found.names))
    numbers = {name: number for number, name in enumerate(names)}
    counts = array.array("i")
    for line, name in zip(found.lines, found.names, strict=True):
        counts.extend((len(line), numbers[name]))
    points = array.array("d", (value for line in found.lines for point in line for value in point))
    pipe.send_bytes(LINES)
    pipe.send_bytes(json.dumps({"unit": found.unit, "names": names}).encode())
    pipe.send_bytes(counts.tobytes())
    pipe.send_bytes(points.tobytes())
