"""Words in quotes in a prompt: the lettering that is wanted, brand first, product second."""

from __future__ import annotations

import re

from packdesk.domain.text import printable

_DOUBLE = '"\u201c\u201d\u201e\u00ab\u00bb'
_QUOTED = re.compile(
    rf"[{_DOUBLE}]([^{_DOUBLE}\n]{{1,80}})[{_DOUBLE}]"
    "|(?<!\\w)['\u2018\u201a]([^\\n]{1,80}?)['\u2019\u2018](?!\\w)"
)
_LONGEST_NAME = 40


def quoted_names(prompt: str) -> list[str]:
    """The quoted names in the order they stand, each on one line and of at most 40 characters."""
    names = (printable(one or two) for one, two in _QUOTED.findall(prompt))
    return [_shortened(name) for name in names if any(letter.isalnum() for letter in name)]


def without_quoted(prompt: str) -> str:
    """What remains of a prompt when its quoted names are left out."""
    return _QUOTED.sub(" ", prompt)


def _shortened(name: str) -> str:
    tidy = " ".join(name.split())
    if len(tidy) <= _LONGEST_NAME:
        return tidy
    head = tidy[:_LONGEST_NAME]
    return head.rsplit(" ", 1)[0] if " " in head else head
