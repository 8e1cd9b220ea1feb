"""A real window that follows a file while another process saves it, in three ways and slowly.

Every save is another picture in one colour, as PNG, JPEG or TIFF in turn, written in pieces with pauses, so
that half of it stands in the file again and again. Prints how long after the end of a save it was shown (in
the list and the flat view; drawn in 3D), how many half pictures were shown, and the longest gap of the event
loop; then what the looking itself costs. `--sheet` has the whole blank follow a file instead: a save counts
as shown when all six panels show it. Needs a display. Exits 1 on a broken promise.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import time
from pathlib import Path

PIECES, PAUSE_S = 6, 0.02
WAYS = ("in place", "beside and renamed", "deleted and written")
SIDES = 1181, 1772
Colour = tuple[int, int, int]


def save(way: str, file: Path, data: bytes) -> None:
    """Save a file as some programs do."""
    target = file.with_suffix(".saving") if way == "beside and renamed" else file
    if way == "deleted and written":
        file.unlink(missing_ok=True)
    step = len(data) // PIECES + 1
    with target.open("wb", buffering=0) as opened:
        for start in range(0, len(data), step):
            opened.write(data[start : start + step])
            time.sleep(PAUSE_S)
    if target != file:
        target.replace(file)


def picture(kind: str, colour: Colour, sides: tuple[int, int] = SIDES, dpi: float = 300.0) -> bytes:
    """A picture in one colour, but for a grain that keeps its file large."""
    from PIL import Image  # noqa: PLC0415  (processes that decode load this file, too)

    buffer = io.BytesIO()
    grain = Image.frombytes("L", sides, os.urandom(sides[0] * sides[1])).point(lambda value: value // 32)
    plain = Image.merge("RGB", [grain.point(lambda value, side=side: side + value) for side in colour])
    plain.save(buffer, kind, dpi=(dpi, dpi))
    return buffer.getvalue()


def saver() -> int:
    """Save what is asked for on stdin, and say when each was done."""
    for line in sys.stdin:
        order = json.loads(line)
        data = picture(order["kind"], tuple(order["colour"]), tuple(order["sides"]), order["dpi"])
        save(order["way"], Path(order["file"]), data)
        print(time.monotonic(), flush=True)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, default=50, help="saves in each way")
    parser.add_argument("--sheet", action="store_true", help="the whole blank follows")
    chosen = parser.parse_args()
    if chosen.save:
        return saver()
    from link_desk import trials  # noqa: PLC0415  (as above)

    return 0 if trials(chosen.count, sheet=chosen.sheet) else 1


if __name__ == "__main__":
    raise SystemExit(main())
