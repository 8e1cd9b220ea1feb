"""Lettering of the base design that is a word on its pack: it follows the row, as an EAN-13 does."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from packdesk.domain.objects.recipe import put
from packdesk.domain.ranges.fields import WORDS, Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.pack_words import PackWords


def following(recipe: Recipe, words: PackWords | None) -> Recipe:
    """The objects with `{brand}` in place of a line that is just the brand, and so on.

    A word that two fields have stands for neither.

    Args:
        recipe: of a panel of the base design.
        words: those on its pack; None where it does not say.
    """
    fields = _fields_by_word(words)
    changed = []
    for text in recipe.texts:
        lines = [fields.get(" ".join(line.split()), line) for line in text.words.split("\n")]
        if (said := "\n".join(lines)) != text.words:
            changed.append(text.model_copy(update={"words": said}))
    return put(*changed)(recipe) if changed else recipe


def _fields_by_word(words: PackWords | None) -> Mapping[str, str]:
    """What stands for a word, where it is one field's alone."""
    said = {} if words is None else words.said()
    names = {name: field for field, name in WORDS.items() if field != Field.CODE}
    words_of = Counter(said.values())
    return {
        word: f"{{{names[name]}}}" for name, word in said.items() if name in names and words_of[word] == 1
    }
