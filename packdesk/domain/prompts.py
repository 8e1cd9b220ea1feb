"""What a usable prompt is, before any provider sees it."""

from __future__ import annotations

import unicodedata

from packdesk.errors import InvalidInputError

MIN_PROMPT = 3
MAX_PROMPT = 2000
VAGUE_WORDS = frozenset(
    {"art", "artwork", "beautiful", "brand", "color", "colour", "cool", "cute", "design", "emblem", "good"}
    | {"graphic", "image", "label", "logo", "nice", "package", "packaging", "pattern", "picture", "pretty"}
    | {"something", "style", "symbol", "texture"}
)
_ADVICE = "Say what should be seen, such as “vintage floral pattern in navy and blush”."


def check_prompt(text: str) -> str:
    """Return the prompt trimmed and without control characters.

    Raises:
        InvalidInputError: it is too short, too long, or says nothing to draw.
    """
    prompt = _plain(text)
    if len(prompt) < MIN_PROMPT:
        raise InvalidInputError(f"A prompt needs at least {MIN_PROMPT} characters.", _ADVICE)
    if len(prompt) > MAX_PROMPT:
        raise InvalidInputError(
            f"The prompt has {len(prompt):,} characters; {MAX_PROMPT:,} are possible.", "Shorten it."
        )
    words = [word.strip("\"'“”.,!?") for word in prompt.lower().split()]
    if all(word in VAGUE_WORDS for word in words if word):
        raise InvalidInputError(f"“{prompt[:40]}” is too vague to draw.", _ADVICE)
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
