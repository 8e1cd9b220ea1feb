"""CF2 (Common File Format 2) in millimetres, for makers of cutting dies: lines and arcs, each with its rule.

y runs upwards here; the origin is the lower left corner of the cut outline's bounding box. The format's own
text was not at hand: this follows an article with an example (V. Dmitriev, labelworld.ru, February 2001) and
Esko's pages on its CFF2 export. Which sign an arc has is told in two ways, so `LineTable` may turn it around.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.curves import Arc, halves, is_circle, split
from packdesk.domain.dieline.nicks import knife
from packdesk.domain.dieline.values import LineType
from packdesk.files import write_output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

    from packdesk.domain.curves import Curve, Path
    from packdesk.export.flat.line_table import LineTable, Rule
    from packdesk.export.flat.sheet import Sheet

_HALF = 180.0


def write_cf2(sheet: Sheet, target: FilePath, table: LineTable) -> None:
    """Write the lines a die is made of.

    Args:
        sheet: what is written.
        target: the file, which is replaced.
        table: the rules; kinds it has none for are left out.

    Raises:
        OutputUnwritableError: the file cannot be written.
    """
    write_output(target, "\r\n".join([*_lines(sheet, table), ""]).encode("ascii"))


def _lines(sheet: Sheet, table: LineTable) -> Iterator[str]:
    dieline = sheet.dieline
    yield from ("$BOF", "V2", "ORDER", _plain(sheet.title), f"Board: {dieline.options.caliper:g} mm", "END")
    yield from ("MAIN,PACKDESK", "UM", "LL,0,0", f"UR,{_number(dieline.width)},{_number(dieline.height)}")
    yield from ("SCALE,1,1", "C,BLANK,0,0,0,1,1", "END", "SUB,BLANK")
    for kind, rule in table.lines.items():
        for path in knife(dieline) if kind is LineType.CUT else dieline.of_kind(kind):
            for curve in _pieces(path):
                yield _told(curve, rule, dieline.height, table.counterclockwise)
    yield from ("END", "$EOF")


def _pieces(path: Path) -> Iterator[Curve]:
    """Its curves; a whole circle would begin where it ends, so it is written as two halves."""
    if is_circle(path) and isinstance(path.curves[0], Arc):
        yield from split(path.curves[0], _HALF)
    else:
        yield from halves(path.curves)


def _told(curve: Curve, rule: Rule, height: float, counterclockwise: int) -> str:
    places = [*curve.start, *curve.end]
    ends = [f"{rule.bridges}", _number(rule.bridge_mm)]
    if isinstance(curve, Arc):
        places += [curve.x, curve.y]
        ends.insert(0, f"{-counterclockwise if curve.sweep > 0 else counterclockwise}")
    upwards = (height - value if number % 2 else value for number, value in enumerate(places))
    head = ["A" if isinstance(curve, Arc) else "L", f"{rule.pointage:g}", f"{rule.type}", f"{rule.auxiliary}"]
    return ",".join([*head, *map(_number, upwards), *ends])


def _number(value: float) -> str:
    """A length to a tenth of a micrometre."""
    return f"{round(value, 4) + 0:.4f}".rstrip("0").rstrip(".")  # + 0: no minus before nought


def _plain(words: str) -> str:
    """One line of printable ASCII without what separates fields."""
    return "".join(letter if " " <= letter <= "~" and letter != "," else " " for letter in words)[:60].strip()
