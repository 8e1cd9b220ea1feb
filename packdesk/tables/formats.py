"""Numbers as a workbook shows them: `0" g"` makes "100 g" of 100 (ECMA-376 part 1, 18.8.30 and 18.8.31).

Only what is sure is made: literals, percent, leading zeros and decimals. What stands between thousands
is each computer's own, so it is left out; so are numbers as a power of ten, which would lose digits.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
}
"""Formats a file names by number alone; what is in none, and in no list of the file, is shown as it is."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"'
    r"|\\(?P<escaped>.)|!(?P<banged>.)"
    r"|_(?P<space>.)|\*(?P<fill>.)"
    r"|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]"
    r"|\[(?P<colour>black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]"
    r"|(?P<digits>general|@|[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)"
    r"|(?P<percent>%)"
    r"|(?P<literal>[-+$€£¥()/:^&'~{}<>= ])"
    r"|(?P<end>;)",
    re.IGNORECASE,
)
_MOST_SECTIONS = 4
_GENERAL = "general"
_POWER = re.compile(r"e[+-]", re.IGNORECASE)


class _Section(NamedTuple):
    """A part of a format: what stands before and after its digits."""

    before: str
    digits: str
    after: str
    percent: int


def is_plain(code: str) -> bool:
    """Whether a format shows a number as it is."""
    return (
        code.casefold() in {"", "@", _GENERAL} or _POWER.search(re.sub(r'"[^"]*"|\\.', "", code)) is not None
    )


def shown(value: float, code: str) -> str | None:
    """A number in a format that is not plain; None where it cannot be said what a spreadsheet shows."""
    sections = _sections(code)
    if sections is None:
        return None
    number, sign = Decimal(f"{value:.15g}"), ""
    section = sections[0]
    if number < 0:
        sign, section = ("-", section) if len(sections) == 1 else ("", sections[1])
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    digits = _digits(abs(number) * 100**section.percent, section.digits) if section.digits else ""
    return f"{sign}{section.before}{digits}{section.after}".strip()


@lru_cache(256)
def _sections(code: str) -> list[_Section] | None:
    found = [_Section("", "", "", 0)]
    place = 0
    while place < len(code):
        token = _TOKEN.match(code, place)
        if token is None:
            return None
        place = token.end()
        if token["end"]:
            found.append(_Section("", "", "", 0))
            continue
        grown = _grown(found[-1], token)
        if grown is None:
            return None
        found[-1] = grown
    return found if len(found) <= _MOST_SECTIONS else None


def _grown(section: _Section, token: re.Match[str]) -> _Section | None:
    if token["digits"]:
        scaled = token["digits"].partition(".")[0].endswith(",")
        return None if section.digits or scaled else section._replace(digits=token["digits"])
    said = next(
        (token[name] for name in ("quoted", "escaped", "banged", "currency", "literal") if token[name]), ""
    )
    if token["percent"]:
        said, section = "%", section._replace(percent=section.percent + 1)
    if token["space"]:
        said = " "
    if said == "/" and token["literal"] and section.digits:  # a fraction
        return None
    if section.digits:
        return section._replace(after=section.after + said)
    return section._replace(before=section.before + said)


def _digits(number: Decimal, places: str) -> str:
    """Rounded to its places; those that are 0 are always there."""
    if places.casefold() in {"@", _GENERAL}:
        return f"{number:f}"
    whole, _, broken = places.replace(",", "").partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(broken)), ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    before = before.lstrip("0").zfill(whole.count("0")) if whole.count("0") else before.lstrip("0")
    least = broken.rfind("0") + 1
    after = after[:least] + after[least:].rstrip("0")
    return f"{before}.{after}" if after or "." in places else before
