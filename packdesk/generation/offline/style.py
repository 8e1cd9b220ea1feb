"""Reads a prompt: pattern family, colours, brand and product. Same words, same seed, same design."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from packdesk.domain.pack_words import NO_WORDS, PackWords, words_in
from packdesk.domain.prompts import without_quoted
from packdesk.generation.offline.german import NEGATIONS, in_english
from packdesk.generation.offline.palette import (
    COLOUR_ALIASES,
    METALS,
    PALE,
    TONES,
    TWO_COLOURED,
    Palette,
    make_asked_palette,
    make_palette,
)
from packdesk.generation.offline.wording import BRANDS, Wording, compose, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS = {
    "floral": "flower flowers blossom blossoms rose roses peony peonies bloom petals bouquet",
    "botanical": (
        "botanic leaf leaves foliage herb herbs herbal eucalyptus fern ferns tropical jungle plant plants "
        "garden tea olive"
    ),
    "geometric": (
        "geometry bauhaus abstract shapes triangle triangles mosaic grid modern mid-century memphis cubes"
    ),
    "stripes": "stripe striped pinstripe pinstripes lines candy nautical",
    "waves": "wave ocean sea water seigaiha flowing coastal nautical surf",
    "marble": "marbled stone veins quartz luxury alabaster",
    "kraft": "cardboard recycled rustic eco craft handmade",
    "dots": "dot dotted polka spots halftone confetti",
    "terrazzo": "chips speckled granite",
    "gradient": "aurora ombre holographic mesh blur fade soft",
    "deco": "art-deco gatsby 1920s fan fans sunburst scallop vintage",
}
FAMILY_WORDS = {family: tuple(words.split()) for family, words in _WORDS.items()}
"""Words of a prompt that choose a family."""
_DEFAULT_FAMILIES = ("botanical", "geometric", "floral", "waves", "deco")

_DEFAULT_COLOURS: dict[str, tuple[str, str]] = {
    "floral": ("blush", "lavender"),
    "botanical": ("green", "cream"),
    "geometric": ("terracotta", "navy"),
    "stripes": ("navy", "cream"),
    "waves": ("teal", "sky"),
    "marble": ("white", "charcoal"),
    "kraft": ("black", "kraft"),
    "dots": ("coral", "cream"),
    "terrazzo": ("cream", "terracotta"),
    "gradient": ("violet", "coral"),
    "deco": ("emerald", "gold"),
}
_DARK_WORDS = frozenset(["dark", "moody", "noir", "night", "midnight", "deep"])
_RICH_WORDS = frozenset(["luxury", "luxurious", "premium"])
_LIGHT_WORDS = frozenset(["light", "bright", "pale", "pastel", "airy", "soft"])
_DARK_COLOURS = frozenset(["black", "navy", "charcoal", "burgundy", "emerald"])
_ON = frozenset(["on", "auf"])
_NEAR = 3  # words: an article, a shade, the colour
_PASTEL_WORDS = frozenset(["pastel", "pale"])
_KNOWN = frozenset(
    {*FAMILY_WORDS, *TONES, *COLOUR_ALIASES, *METALS, "rose-gold"}.union(*FAMILY_WORDS.values())
)
"""English words that are no German ones."""
_NEGATIONS = NEGATIONS | {"no", "not", "without"}


@dataclass(frozen=True)
class Style:
    """One design, shared by all panels of a package."""

    family: str
    palette: Palette
    brand: str
    wording: Wording
    words: tuple[str, ...]
    seed: int
    barcode: str = ""
    sample: bool = True
    given: PackWords = NO_WORDS


def read_prompt(prompt: str, seed: int = 0, said: PackWords | None = None) -> Style:
    """Turn a prompt into a design. Any text gives one.

    Args:
        prompt: what is wanted.
        seed: the variation.
        said: what stands on the pack; None takes what the prompt says and fills in the rest.
    """
    number = _design_number(prompt, seed)
    rng = seeded_random(number)
    words = _words(prompt)
    family = _family(words, rng)
    named = rng.choice(BRANDS)  # drawn even when a brand is quoted, so that quoting changes nothing else
    batch = rng.randint(2, 98)
    given = said or words_in(prompt).model_copy(update={"sample": True})
    drawn = PackWords(**{name: drawable(text) for name, text in given.said().items()})
    wording = plain(drawn.product, drawn.line, drawn.net_weight)
    if given.sample:
        filled = compose(family, words, drawn.product or None, batch)
        wording = replace(filled, line=drawn.line, amount=drawn.net_weight or filled.amount)
    return Style(
        family=family,
        palette=_palette(family, words),
        brand=drawn.brand or (named if given.sample else ""),
        wording=wording,
        words=words,
        seed=number,
        barcode=drawn.barcode,
        sample=given.sample,
        given=given,
    )


def drawable(text: str) -> str:
    """Without the characters no font has."""
    return " ".join("".join(filter(str.isprintable, text)).split())


def seeded_random(*parts: object) -> Random:
    """A Random seeded from these parts, the same in every process."""
    return Random("|".join(str(part) for part in parts))  # noqa: S311 - art, not secrets


def _design_number(prompt: str, seed: int) -> int:
    text = f"{seed}|{prompt.strip().casefold()}"
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")


def _words(prompt: str) -> tuple[str, ...]:
    """Words in lower case without accents, in English; a word after "no" or "without" does not count."""
    return tuple(one for _, english in prompt_words(prompt) for one in english)


def prompt_words(prompt: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each word as it was said, but in lower case without accents, and what it is in English."""
    plain = unicodedata.normalize("NFKD", without_quoted(prompt).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = re.findall(
        r"\w+(?:-\w+)*", plain.replace("rose gold", "rose-gold").replace("art deco", "art-deco")
    )
    kept = [word for before, word in zip(["", *found], found, strict=False) if before not in _NEGATIONS]
    return [(word, _english(word)) for word in kept]


def _english(word: str) -> tuple[str, ...]:
    if word in _KNOWN:
        return (word,)
    parts = word.split("-")  # red-and-white, rot-weiss
    return tuple(english for part in parts for english in ((part,) if part in _KNOWN else in_english(part)))


def _family(words: Sequence[str], rng: Random) -> str:
    score = {
        family: sum(3 if word == family else word in hints for word in words)
        for family, hints in FAMILY_WORDS.items()
    }
    best = max(score.values())
    return rng.choice(
        [name for name, points in score.items() if points == best] if best else _DEFAULT_FAMILIES
    )


def _palette(family: str, words: Sequence[str]) -> Palette:
    metal = next((colour for name, colour in METALS.items() if name.replace(" ", "-") in words), None)
    colours = _colour_words(words)
    # Gold and silver are foils first; they colour the ground only when they stand alone.
    plain = [word for word in colours if word not in METALS] or colours
    dark, pastel = _is_dark(family, words, plain), bool(_PASTEL_WORDS & set(words))
    if len(plain) > 1 and family != "kraft":
        meant = dark if _DARK_WORDS & set(words) else False
        return make_asked_palette(family, plain, _ground_word(words, plain), metal, dark=meant, pastel=pastel)
    if plain and family in TWO_COLOURED:
        return make_palette(family, plain * 2, metal or TONES[plain[0]].mid, dark=dark, pastel=pastel)
    chosen = plain + [word for word in _DEFAULT_COLOURS[family] if word not in plain]
    return make_palette(
        family,
        chosen[: max(2, min(3, len(plain)))],
        metal,
        dark=dark,
        pastel=pastel,
    )


def _ground_word(words: Sequence[str], colours: Sequence[str]) -> str | None:
    """The colour something else shall be on: of `red dots on a pale blue ground` it is blue."""
    for place, word in enumerate(words):
        if word in _ON:
            near = (COLOUR_ALIASES.get(one, one) for one in words[place + 1 : place + 1 + _NEAR])
            found = next((one for one in near if one in colours), None)
            if found is not None:
                return found
    return None


def _colour_words(words: Sequence[str]) -> list[str]:
    named = (COLOUR_ALIASES.get(word, word) for word in words)
    return list(dict.fromkeys(word for word in named if word in TONES and word != "kraft"))


def _is_dark(family: str, words: Sequence[str], colours: Sequence[str]) -> bool:
    said = set(words)
    if said & _LIGHT_WORDS:
        return False
    if said & _DARK_WORDS:
        return True
    if colours:
        return colours[0] in _DARK_COLOURS or (family == "deco" and not set(colours) & PALE)
    return family == "deco" or (family != "marble" and bool(said & _RICH_WORDS))
