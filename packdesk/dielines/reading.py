"""A file somebody sent, read as its lines: in a process of its own, which has 5 seconds and may crash."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np

from packdesk.chosen_file import read_chosen
from packdesk.dielines.found import LONGEST_NAME, MOST_LINES, MOST_MM, MOST_POINTS
from packdesk.dielines.worker import LINES, run
from packdesk.domain.supplied import SuppliedDieline, SuppliedLine
from packdesk.domain.text import printable
from packdesk.errors import BadDielineError
from packdesk.sentence import Sentence
from packdesk.textures.foreign.apart import WORD, CrashedError, conversation
from packdesk.textures.foreign.limits import SECONDS
from packdesk.textures.incoming import MAX_BYTES
from packdesk.textures.kinds import PDF, SVG, kind_of

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

DXF = "DXF"
UNITS = frozenset({"mm", "cm", "m", "in", "ft", "pt", "pc", "px", ""})
BINARY_DXF = b"AutoCAD Binary DXF"
_DXF = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s*999[ \t]*\r?\n[^\r\n]*\r?\n)*\s*0\s*SECTION\s")  # after remarks
_MOST_HEAD_BYTES = 4 * 2**20
_LOOKED_AT = 65_536


def read_dieline(file: Path) -> SuppliedDieline:
    """Read a dieline. Blocks for 5 seconds and the start of a process, at most.

    Raises:
        BadDielineError: it cannot be read, is of another kind, is damaged, or has no lines in it.
    """
    data = read_chosen(file, MAX_BYTES, BadDielineError, Sentence("Name the file of a dieline."))
    if len(data) > MAX_BYTES:
        raise BadDielineError(
            Sentence("A dieline's file has at most {most} MB.", most=MAX_BYTES // 2**20),
            "Save the dieline alone, without artwork.",
        )
    return dieline_in(data, file.name)


def dieline_in(data: bytes, name: str) -> SuppliedDieline:
    """As `read_dieline`, of what stands in a file of that name."""
    kind = _kind(data)
    try:
        with conversation(run, kind, SECONDS) as pipe:
            return _asked(pipe, kind, data, name)
    except CrashedError as error:
        raise _fault("large" if error.too_much else "", kind) from error
    except (ValueError, LookupError, TypeError) as error:
        raise _fault("", kind) from error


def _kind(data: bytes) -> str:
    kind = kind_of(data)
    if kind in {PDF, SVG}:
        return kind
    if data.startswith(BINARY_DXF) or (kind is None and _DXF.match(data[:_LOOKED_AT])):
        return DXF
    if not data:
        raise BadDielineError("The dieline's file is empty.")
    if kind is None:
        raise BadDielineError("This is no dieline packdesk can read.")
    raise BadDielineError(Sentence("This is no dieline packdesk can read but {kind}.", kind=kind))


def _asked(pipe: Connection, kind: str, data: bytes, name: str) -> SuppliedDieline:
    pipe.send_bytes(data)
    answer = pipe.recv_bytes(WORD)
    if answer != LINES:
        raise _fault(answer.decode("ascii", "replace"), kind)
    return _checked(pipe, kind, name)


def _checked(pipe: Connection, kind: str, name: str) -> SuppliedDieline:
    """What came from there, which a hostile file may have taken over."""
    head = json.loads(pipe.recv_bytes(_MOST_HEAD_BYTES))
    names = [printable(str(one))[:LONGEST_NAME] for one in head["names"]]
    counts = np.frombuffer(pipe.recv_bytes(MOST_LINES * 8), np.int32).reshape(-1, 2)
    points = np.frombuffer(pipe.recv_bytes(MOST_POINTS * 16), np.float64).reshape(-1, 2)
    if head["unit"] not in UNITS or (counts[:, 0] < 2).any() or counts[:, 0].sum() != len(points):
        raise ValueError("not an answer")
    if not (np.abs(points) <= MOST_MM).all() or (counts[:, 1] < 0).any():
        raise ValueError("not a place")
    if not len(counts):
        raise BadDielineError(
            Sentence("There are no lines in the {kind} file.", kind=kind),
            "Ask for the dieline as vectors: lines, not a picture of them.",
        )
    parts = np.split(points, np.cumsum(counts[:-1, 0]))
    lines = (
        SuppliedLine(tuple((float(x), float(y)) for x, y in part), names[named])
        for part, named in zip(parts, counts[:, 1].tolist(), strict=True)
    )
    return SuppliedDieline(printable(name)[:200], kind, head["unit"], tuple(lines))


def _fault(fault: str, kind: str) -> BadDielineError:
    if fault == "locked":
        return BadDielineError("The document is locked by a password.", "Save a copy without a password.")
    if fault == "entities":
        return BadDielineError(
            "The drawing has entities that are not read: they name files, or grow without end.",
            "Save it as plain SVG in another program.",
        )
    if fault == "many":
        return BadDielineError(
            Sentence("The {kind} file has more lines than any dieline.", kind=kind),
            "Save the dieline alone, without artwork.",
        )
    if fault == "large":
        return BadDielineError(
            Sentence("The {kind} file takes too much time or memory to be read.", kind=kind),
            "Save the dieline alone, without artwork.",
        )
    return BadDielineError(Sentence("The {kind} file is damaged.", kind=kind))
