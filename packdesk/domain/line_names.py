"""What the names of layers and inks say: lines a die follows, or what only stands beside them.

The trade has no standard; these are names designers and makers of dies use in English and German.
"""

from __future__ import annotations

import re

_PARTS = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß]+|[A-ZÄÖÜ]+(?![a-zäöüß])")
_DIE_WORDS = """
crease creases creasing crush cut cuts cutcontour cutcrease cutline cutlines cutter cutting diecut
dieline dielines fold folds folding foldline foldlines kiss kisscut perf perforated perforating
perforation score scores scoring thrucut throughcut falz falze falzlinie falzlinien nutlinie
nutlinien perforationen
"""
_BESIDE_WORDS = """
annotation annotations artwork bild bemassung bemaßung beschnitt bleed caption comment dim dims
dimension dimensions glue grafik image info klebe klebefläche kleber kommentar label legend legende
marks masse maße notes print safe safety safearea text texte title varnish lack passer passermarken
"""
_DIE, _BESIDE = frozenset(_DIE_WORDS.split()), frozenset(_BESIDE_WORDS.split())
_DIE_BEGINNINGS = ("stanz", "rill", "schneid", "falzlini")
_DIE_ALONE = frozenset({"die", "nut", "schnitt", "contour", "kontur"})
"""Words that mean something else in a longer name: “Die Marke”."""


def is_die_line(name: str) -> bool:
    """Whether lines of that name are cut, creased, scored or perforated."""
    words = _words(name)
    if len(words) == 1 and words[0] in _DIE_ALONE:
        return True
    joined = "".join(words)
    known = any(word in _DIE or word.startswith(_DIE_BEGINNINGS) for word in [*words, joined])
    return known and not _BESIDE.intersection(words)


def is_beside(name: str) -> bool:
    """Whether lines of that name are dimensions, marks, words and the like."""
    return bool(_BESIDE.intersection(_words(name)))


def _words(name: str) -> list[str]:
    return [part.lower() for part in _PARTS.findall(name[:200])]
