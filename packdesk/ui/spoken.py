"""Sentences of errors and of preflight in the window's language.

Whoever makes such a sentence makes it in English (`packdesk/sentence.py`), and so it stands in the shared
design and in logs. Here it is said again. A sentence that comes back from a design as plain text, even from
another computer, is recognised by the templates it may have been made from; text of other programs is shown
as it is.
"""

from __future__ import annotations

import re
import string
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QLocale

from packdesk.sentence import PART, Sentence
from packdesk.ui.translation import marked, translate
from packdesk.ui.wording import PANEL_NAMES, panel_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.errors import PackdeskError

LONGEST = 1200
"""A longer text is not examined."""
MOST_PARTS = 24

_WORDS: dict[str, object] = {
    "box": QT_TRANSLATE_NOOP("words", "box"),
    "cylinder": QT_TRANSLATE_NOOP("words", "cylinder"),
    "width": QT_TRANSLATE_NOOP("words", "width"),
    "height": QT_TRANSLATE_NOOP("words", "height"),
    "depth": QT_TRANSLATE_NOOP("words", "depth"),
    "bleed": QT_TRANSLATE_NOOP("words", "bleed"),
    "safe": QT_TRANSLATE_NOOP("words", "safe"),
    "caliper": QT_TRANSLATE_NOOP("words", "caliper"),
    "glue flap": QT_TRANSLATE_NOOP("words", "glue flap"),
    "tuck": QT_TRANSLATE_NOOP("words", "tuck"),
    "white": QT_TRANSLATE_NOOP("words", "white"),
    "foil": QT_TRANSLATE_NOOP("words", "foil"),
    "varnish": QT_TRANSLATE_NOOP("words", "varnish"),
    "emboss": QT_TRANSLATE_NOOP("words", "relief"),
    "diameter": QT_TRANSLATE_NOOP("words", "diameter"),
}
_NAMED = {"panel", "panels", "package", "made_for", "side", "sides", "finish"}
"""Values of these names are ids, or several with commas between."""
_TOLD = {"sentence", "reason", "reasons", "damages"}
"""Values of these names may be sentences themselves."""
_EACH = "{panel}: {reason}"
"""Says so little itself that anybody's text may look like it."""
_END = re.compile(r"(?<=[.!?”)]) ")


def error_text(error: PackdeskError) -> str:
    """What happened and what can be done, in the window's language."""
    return spoken(error.full_text())


def spoken(text: str) -> str:
    """A sentence in the window's language; anything else as it is."""
    if translate("spoken", "en") == "en":  # the code of the language
        return text
    if isinstance(text, Sentence):
        return _filled(text.template, text.values)
    return (_recognised(text) if len(text) <= LONGEST else None) or text


def _filled(template: str, values: Mapping[str, Any]) -> str:
    said = {name: _value(name, value) for name, value in values.items()}
    return _LocalFormatter().vformat(marked("sentences", template), (), said)


def _value(name: str, value: Any) -> Any:
    told = name in _TOLD or name.startswith(PART)
    if isinstance(value, Sentence) or (told and isinstance(value, str)):
        return spoken(value)
    if name in _NAMED and isinstance(value, str):
        return ", ".join(_named(one) for one in str(value).split(", "))
    return value


def _named(word: str) -> str:
    return marked("words", _WORDS[word]) if word in _WORDS else panel_name(word)


class _LocalFormatter(string.Formatter):
    """Writes numbers as is usual where the user lives."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        """A number with the locale's own signs."""
        text = super().format_field(value, format_spec)
        if isinstance(value, float) or format_spec:
            signs = {".": QLocale().decimalPoint(), ",": QLocale().groupSeparator()}
            return text.translate(str.maketrans(signs))
        return text


# --- sentences that came back as text


def _recognised(text: str) -> str | None:
    """The translation of a text packdesk has made, or None."""
    return _one(text) or _several(_END.split(text, MOST_PARTS))


def _several(parts: list[str]) -> str | None:
    for count in range(1, len(parts)):
        first = _one(" ".join(parts[:count]))
        rest = _recognised(" ".join(parts[count:])) if first else None
        if first and rest:
            return f"{first} {rest}"
    return None


def _one(text: str) -> str | None:
    if text in _plain():
        return marked("sentences", text)
    for pattern, template in _patterns():
        found = pattern.fullmatch(text)
        if found and (template != _EACH or _recognised(found["reason"])):
            return _filled(template, {name: _number(value) for name, value in found.groupdict().items()})
    return None


@cache
def _plain() -> frozenset[str]:
    return frozenset(text for text in _catalogue() if "{" not in text)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Of every template with values; those that say most themselves come first."""
    filled = [text for text in _catalogue() if "{" in text]
    filled.sort(key=lambda text: len(re.sub(r"\{.*?\}", "", text)), reverse=True)
    return tuple((re.compile("".join(_pieces(text)), re.DOTALL), text) for text in filled)


def _pieces(template: str) -> Iterator[str]:
    names: set[str] = set()
    for before, name, spec, _ in string.Formatter().parse(template):
        yield re.escape(before)
        if name is None:
            continue
        yield f"(?P={name})" if name in names else f"(?P<{name}>{_expected(name, spec or '')})"
        names.add(name)


def _expected(name: str, spec: str) -> str:
    if name in {"panel", "panels"}:
        one = "|".join(map(re.escape, PANEL_NAMES))
        return f"(?:{one})(?:, (?:{one}))*"
    return r"-?[\d.,]+" if spec else ".+?"


def _number(text: str) -> str | float | int:
    plain = text.replace(",", "")
    if re.fullmatch(r"-?\d+", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"-?\d+\.\d+", plain) else text


def _catalogue() -> tuple[str, ...]:
    from packdesk.ui.catalogue import SENTENCES  # noqa: PLC0415  (read when another language needs it)

    return tuple(map(str, SENTENCES))
