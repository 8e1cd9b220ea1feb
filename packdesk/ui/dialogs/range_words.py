"""A range in words for people: fields, files, time left, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QLocale

from packdesk.domain.panels import PANEL_IDS
from packdesk.ui.money import money
from packdesk.ui.spoken import spoken
from packdesk.ui.translation import marked, translate
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from packdesk.domain.ranges.messages import Ended, Planned, Step

_FIELDS: dict[str, object] = {
    "brand": QT_TRANSLATE_NOOP("range", "Brand"),
    "product": QT_TRANSLATE_NOOP("range", "Product"),
    "line": QT_TRANSLATE_NOOP("range", "Line"),
    "weight": QT_TRANSLATE_NOOP("range", "Weight"),
    "code": QT_TRANSLATE_NOOP("range", "Barcode"),
    "prompt": QT_TRANSLATE_NOOP("range", "Motif in words"),
    "type": QT_TRANSLATE_NOOP("range", "Package"),
    "width": QT_TRANSLATE_NOOP("range", "Width"),
    "height": QT_TRANSLATE_NOOP("range", "Height"),
    "depth": QT_TRANSLATE_NOOP("range", "Depth"),
    "finish": QT_TRANSLATE_NOOP("range", "Finish"),
    "sheet": QT_TRANSLATE_NOOP("range", "File for the whole package"),
    "file": QT_TRANSLATE_NOOP("range", "Name of the files"),
}
_KINDS: dict[str, object] = {
    "pdf": QT_TRANSLATE_NOOP("range", "PDF for the printer"),
    "render": QT_TRANSLATE_NOOP("range", "Picture in 3D"),
    "png": QT_TRANSLATE_NOOP("range", "Flat picture (PNG)"),
    "glb": QT_TRANSLATE_NOOP("range", "3D model (GLB)"),
    "proof": QT_TRANSLATE_NOOP("range", "Proof sheet"),
    "bundle": QT_TRANSLATE_NOOP("range", "Bundle"),
}
KINDS = tuple(_KINDS)
"""As they stand in the dialog."""


def field_name(field: str) -> str:
    """What a field of a row is called."""
    if field in _FIELDS:
        return marked("range", _FIELDS[field])
    return translate("range", "Picture: {0}").format(panel_name(field))


def kind_name(kind: str) -> str:
    """What a kind of file is called."""
    return marked("range", _KINDS[kind])


def field_names() -> list[tuple[str, str]]:
    """Every field with its name, those of panels last."""
    panels = dict.fromkeys(panel for panels in PANEL_IDS.values() for panel in panels)
    return [(field, field_name(field)) for field in (*_FIELDS, *panels)]


def counted_rows(count: int) -> str:
    """So many rows."""
    if count == 1:
        return translate("range", "1 row")
    return translate("range", "{0} rows").format(_number(count))


def plan_words(planned: Planned) -> str:
    """What will be made, and what it costs."""
    if planned.count:
        told = (
            translate("range", "1 cell or row cannot be used.")
            if planned.count == 1
            else translate("range", "{0} cells or rows cannot be used.").format(_number(planned.count))
        )
        return f"{counted_rows(planned.rows)}. {told}"
    words = counted_rows(planned.ready)
    if planned.kept:
        words = translate("range", "{0}, made before: {1}").format(words, _number(planned.kept))
    if planned.paintings:
        told = translate("range", "{0}, pictures to be painted: {1}").format(
            words, _number(planned.paintings)
        )
        words = (
            translate("range", "{0}: about {1}").format(told, money(planned.usd)) if planned.paid else told
        )
    return f"{words}."


def noted_words(planned: Planned) -> str:
    """What is worth a look on a table or its rows."""
    return " ".join(spoken(note.sentence()) for note in planned.notes)


def begin_words(total: int) -> str:
    """No row is done yet."""
    if total == 1:
        return translate("range", "{0} of {1}: it is begun …").format(0, 1)
    return translate("range", "{0} of {1}: the first ones are begun …").format(0, _number(total))


def step_words(step: Step) -> str:
    """How far it came, what failed, and how long it will take."""
    words = translate("range", "{0} of {1}").format(_number(step.done), _number(step.total))
    if step.failed:
        words += translate("range", ", {0} failed").format(_number(step.failed))
    if step.left_s is not None and step.done < step.total:
        words += translate("range", ", {0} left").format(time_words(step.left_s))
    return words


def time_words(seconds: float) -> str:
    """Seconds, minutes or hours, as long as they may be guessed."""
    if seconds < 90:
        return translate("range", "{0} s").format(round(seconds))
    minutes = seconds / 60
    if minutes < 90:
        return translate("range", "{0} min").format(round(minutes))
    return translate("range", "{0} h").format(QLocale().toString(minutes / 60, "f", 1))


def end_words(ended: Ended) -> str:
    """What became of a range."""
    made = translate("range", "{0} made").format(_number(ended.made))
    parts = [made]
    if ended.kept:
        parts.append(translate("range", "{0} made before").format(_number(ended.kept)))
    if ended.failed:
        parts.append(translate("range", "{0} failed").format(_number(ended.failed)))
    words = ", ".join(parts)
    if ended.cancelled:
        rest = ended.total - ended.made - ended.failed
        more = translate("range", "Cancelled: {0}. Rows left: {1}. “Make range” goes on with them.")
        return more.format(words, _number(rest))
    told = translate("range", "{0}, in {1}.").format(words, time_words(ended.seconds))
    return " ".join(part for part in (told, _noted_words(ended.noted), _former_words(ended)) if part)


def _noted_words(count: int) -> str:
    if count == 1:
        return translate("range", "1 row has something worth a look: see the report.")
    more = translate("range", "{0} rows have something worth a look: see the report.")
    return more.format(_number(count)) if count else ""


def _former_words(ended: Ended) -> str:
    """Files that are no product now; the report names them all."""
    names = ", ".join(ended.former_names) + (", …" if ended.former > len(ended.former_names) else "")
    if ended.former == 1:
        return translate("range", "1 file of an earlier run is no product now ({0}).").format(names)
    more = translate("range", "{0} files of an earlier run are no product now ({1}).")
    return more.format(_number(ended.former), names) if ended.former else ""


def _number(count: int) -> str:
    return QLocale().toString(count)
