"""Prompts before any provider sees them: what is usable, the lettering in quotes, advice and examples."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from packdesk.domain.moments import moment
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.quotes import quotations
from packdesk.domain.text import cut, printable
from packdesk.errors import InvalidInputError, Way
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from packdesk.domain.quotes import Quotation
    from packdesk.domain.state import PackagingState

MIN_PROMPT = 3
MAX_PROMPT = 2000
VAGUE_WORDS = frozenset(
    {"art", "artwork", "beautiful", "brand", "color", "colour", "cool", "cute", "design", "emblem", "good"}
    | {"graphic", "image", "label", "logo", "nice", "package", "packaging", "pattern", "picture", "pretty"}
    | {"something", "style", "symbol", "texture"}
    | {"bild", "etikett", "grafik", "hübsch", "marke", "motiv", "muster", "schön", "verpackung"}
)
_ADVICE = "Say what should be seen, such as “vintage floral pattern in navy and blush”."


def check_prompt(text: str) -> str:
    """Return the prompt trimmed and without control characters.

    Raises:
        InvalidInputError: it is too short, too long, or says nothing to draw.
    """
    prompt = _plain(text)
    if len(prompt) < MIN_PROMPT:
        raise InvalidInputError(
            Sentence("A prompt needs at least {least} characters.", least=MIN_PROMPT),
            _ADVICE,
            ways=(Way.REWORD,),
        )
    if len(prompt) > MAX_PROMPT:
        raise InvalidInputError(
            Sentence(
                "The prompt has {count:,} characters; {most:,} are possible.",
                count=len(prompt),
                most=MAX_PROMPT,
            ),
            "Shorten it.",
            ways=(Way.REWORD,),
        )
    words = [word.strip("\"'“”.,!?") for word in prompt.lower().split()]
    if all(word in VAGUE_WORDS for word in words if word):
        raise InvalidInputError(
            Sentence("“{text}” is too vague to draw.", text=prompt[:40]), _ADVICE, ways=(Way.REWORD,)
        )
    return prompt


_IMPORTED = "Imported from "


def imported_note(file_name: str) -> str:
    """What stands in place of a prompt when a picture came from a file."""
    return _IMPORTED + _plain(file_name)[:200]


def is_prompt(text: str) -> bool:
    """Whether a texture's text was a prompt, worth offering again."""
    return bool(text) and not text.startswith(_IMPORTED)


def _plain(text: str) -> str:
    # Lone surrogates cannot be written anywhere; controls would only travel on to logs and providers.
    kept = "".join(" " if char in "\t\r\n" else char for char in text)
    visible = (char for char in kept if unicodedata.category(char) not in {"Cc", "Cs"})
    return " ".join("".join(visible).split())


def quoted_names(prompt: str) -> list[str]:
    """The quoted names in the order they stand, each whole and on one line."""
    names = (" ".join(printable(name).split()) for _, _, name in quotations(prompt))
    return [name for name in names if any(map(_says_something, name))]


def without_quoted(prompt: str) -> str:
    """What remains of a prompt when its quoted names are left out."""
    return _without(prompt, quotations(prompt))


def without_names(prompt: str, names: Collection[str]) -> str:
    """What remains of a prompt when these names are left out where they are quoted."""
    gone = [one for one in quotations(prompt) if " ".join(one.text.split()) in names]
    return _without(prompt, gone) if gone else prompt


def _without(prompt: str, gone: Iterable[Quotation]) -> str:
    kept, place = "", 0
    for start, end, _ in gone:
        kept, place = f"{kept}{prompt[place:start]} ", end
    return kept + prompt[place:]


def _says_something(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter) == "So"  # emoji


EXAMPLES = (
    "Vintage floral pattern in navy and blush with gold, “Sol Field”, “Evening Tea”",
    "Botanical herbs in fresh green on cream, fine line drawing, “Fern House”, “Garden Tea”",
    "Bold mid-century geometric shapes in terracotta, mustard and teal, “North Fold”, “Ground Coffee”",
    "White marble with thin gold veins, quiet and precious, “Casa Luma”, “Night Cream”",
    "Natural kraft paper with a one-colour stamp in black, “Otter & Oak”, “Oat Biscuits”",
    "Soft aurora gradient from violet to coral, modern and clean, “Haven Row”, “Bath Salts”",
)

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def used_prompts(state: PackagingState) -> list[str]:
    """The prompts this design's artwork was made from, the newest first, each once, as long as one may be."""
    # Of the package's own panels only: a foreign document may name any number of others.
    shown = [texture for name in PANEL_IDS[state.package_type] if (texture := state.panel_textures.get(name))]
    made = sorted(shown, key=lambda one: moment(one.generated_at) or _LONG_AGO, reverse=True)
    return list(dict.fromkeys(cut(one.prompt, MAX_PROMPT) for one in made if is_prompt(one.prompt)))


def advice(text: str) -> str:
    """What would make a prompt usable; empty when it is, or when nothing is written yet."""
    if not text.strip():
        return ""
    try:
        check_prompt(text)
    except InvalidInputError as error:
        return error.full_text()
    return ""
