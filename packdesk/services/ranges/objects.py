"""Objects of the base design over a row's panels, with what the row says in them. Blocks."""

from __future__ import annotations

import hashlib
import math
import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.lettering import lettering_key
from packdesk.domain.objects.values import Barcode, Text
from packdesk.domain.ranges.filling import filled, unfilled_fields
from packdesk.domain.text import cut
from packdesk.domain.units import MM_PER_POINT
from packdesk.errors import InvalidInputError, TextureUnavailableError
from packdesk.sentence import Sentence
from packdesk.services.shown_objects import shown_of
from packdesk.store.bundle.objects import BundledObjects
from packdesk.textures.objects.bars import fitted
from packdesk.textures.objects.flattening import flattened
from packdesk.textures.objects.overlaying import drawn_over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from packdesk.domain.objects.lettering import Lettering
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.shown import ShownObjects
    from packdesk.domain.objects.values import PanelObject
    from packdesk.domain.panels import FlatSize
    from packdesk.store.bundle.objects import ReadObjects

    SetLettering = Callable[[Iterable[Text]], Mapping[str, Lettering]]

_OVER_MM = 0.05
_UNBROKEN = re.compile(r"[^\s/\u00ad\u200b\u2010\u2012-\u2014-]{2,}")
"""What no line breaks within: it breaks at blanks and after hyphens, dashes and slashes (UAX 14)."""
_WIDER = 1.001
_LEAST_SIZE = 0.5
"""Of its own that lettering is made smaller to for a row."""
_WIDEST_LETTER = 1.3
"""Of its size: wider letters are seldom."""
_WITHOUT_WORDS = 0x0E00
"""Thai, the first of the scripts that break without blanks; letters before it are those of alphabets."""


class CoveredPanel(NamedTuple):
    """A panel with its objects.

    Attributes:
        png: what it shows.
        shown: the same taken apart, for files that hold paths.
        bundled: the same for a bundle.
        notes: what is missing or cut off.
    """

    png: bytes
    shown: ShownObjects
    bundled: BundledObjects
    notes: tuple[Sentence, ...]


class _Pictures:
    """The pictures that came with the base design's objects, in place of a library."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self._pictures = pictures

    def read(self, sha256: str) -> bytes:
        """One of them."""
        try:
            return self._pictures[sha256]
        except KeyError:
            raise TextureUnavailableError(
                "A picture of the base design is missing.", "Save the base design again."
            ) from None

    def objects(self, name: str) -> bytes:
        """None are kept here."""
        del name
        return b""

    def has_objects(self, name: str) -> bool:
        """None are."""
        del name
        return False

    def add_objects(self, packed: bytes) -> str:
        """Nothing is kept; the name they would have."""
        return hashlib.sha256(packed).hexdigest()


def covered_panel(
    objects: ReadObjects,
    laid: Recipe,
    beneath: bytes,
    size: FlatSize,
    *,
    fields: Mapping[str, str],
    dpi: float,
    letter: SetLettering,
) -> CoveredPanel:
    """Lay the objects of a panel over its artwork.

    Args:
        objects: those of the base design.
        laid: they, on a panel of this size.
        beneath: checked PNG, of the panel's shape.
        size: of the panel.
        fields: what the row says.
        dpi: wanted of the picture.
        letter: sets lettering.

    Raises:
        InvalidInputError: a code cannot hold what the row says.
    """
    asked = {one.id: one for one in laid.objects}
    recipe = filled(laid, fields)
    recipe = recipe.with_objects(tuple(fitted_to_row(one, asked[one.id], letter) for one in recipe.objects))
    there = objects.kept.lettering
    missing = [text for text in recipe.texts if lettering_key(text) not in there]
    kept = KeptObjects.of(recipe, {**there, **(letter(missing) if missing else {})})
    pictures = {name: picture.png for name, picture in objects.pictures.items()}
    drawn, shelf = drawn_over(_Pictures(pictures), kept)
    png = flattened(beneath, drawn, size, shelf.png, dpi).png
    files = {name: picture.drawing for name, picture in objects.pictures.items() if picture.drawing}
    bundled = BundledObjects(kept, beneath, objects.dpi, objects.wraps, pictures, files)
    shown = shown_of(recipe.panel, beneath, drawn, pictures, files)
    lost = (*left_out_words(kept.lettering, missing), *cut_off_words(recipe, kept.lettering, missing))
    broken = _broken_words([text for text in missing if not text.of], letter)
    notes = (*(sentence for _, sentence in lost), *_made_smaller(laid, recipe), *broken)
    return CoveredPanel(png, shown, bundled, notes)


def fitted_to_row(one: PanelObject, asked: PanelObject, letter: SetLettering) -> PanelObject:
    """An object with what a row says: lettering so small that no word is broken, a code as it is drawn.

    Args:
        one: the object.
        asked: as it is in the base design.
        letter: sets lettering.

    Raises:
        InvalidInputError: a code cannot hold what the row says, or it says nothing.
    """
    if isinstance(one, Text) and isinstance(asked, Text) and one.words != asked.words:
        return unbroken(one, letter)
    if not isinstance(one, Barcode):
        return one
    if not one.value.strip():
        fields = ", ".join(f"{{{field}}}" for field in dict.fromkeys(unfilled_fields(asked)))
        raise InvalidInputError(
            Sentence(
                "A code of the base design shows {fields}, and the row has nothing there.", fields=fields
            ),
            "Fill the cell, add a column for it, or take the code off the base design.",
        )
    return fitted(one)


def unbroken(text: Text, letter: SetLettering) -> Text:
    """In the size in which its longest word fits; as it is where that is less than half of its own."""
    share = max((share for _, share in _too_wide(text, letter)), default=1.0)
    size = math.floor(10 * text.size / share) / 10
    return text.model_copy(update={"size": size}) if _LEAST_SIZE * text.size <= size < text.size else text


def _made_smaller(asked: Recipe, made: Recipe) -> Iterator[Sentence]:
    """What is told of lettering that was made smaller for a row."""
    before = {text.id: text.size for text in asked.texts}
    for text in made.texts:
        if text.size < before[text.id] and not text.of:
            yield Sentence(
                "“{text}” is set at {percent:.0f} % of its size, so that no word is broken.",
                text=cut(text.words, 40),
                percent=100 * text.size / before[text.id],
            )


def _broken_words(texts: Iterable[Text], letter: SetLettering) -> Iterator[Sentence]:
    """Words wider than their box: lines break within them, with no hyphen."""
    for word, share in (found for text in texts for found in _too_wide(text, letter)):
        yield Sentence(
            "The word “{word}” takes {percent:.0f} % of the width of its box, and is broken.",
            word=cut(word, 40),
            percent=100 * share,
        )


def _too_wide(text: Text, letter: SetLettering) -> Iterator[tuple[str, float]]:
    """Words that are wider than their box, and how many times."""
    if not text.wraps or text.vertical or text.hidden:
        return
    words = dict.fromkeys(word for word in _UNBROKEN.findall(text.words) if _may_be_wider(word, text))
    alone = [text.model_copy(update={"words": word, "wraps": False}) for word in words]
    made = letter(alone) if alone else {}
    for one in alone:
        share = made[lettering_key(one)].width / text.width
        if share > _WIDER:
            yield one.words, share


def _may_be_wider(word: str, text: Text) -> bool:
    """Cheap, and right where it says no. Scripts without words, such as Chinese, break anywhere."""
    if any(category(letter) == "Lo" and ord(letter) >= _WITHOUT_WORDS for letter in word):
        return False
    widest = text.size * MM_PER_POINT * (_WIDEST_LETTER + max(0.0, text.letter_spacing) / 1000)
    return len(word) * widest > text.width


def left_out_words(
    lettering: Mapping[str, Lettering], new: Iterable[Text]
) -> Iterator[tuple[Text, Sentence]]:
    """Texts whose letters no typeface here has, and what is told of them."""
    for text in new:
        missing = lettering[lettering_key(text)].left_out
        if missing:
            yield (
                text,
                Sentence("“{text}” cannot be set in the fonts here and was left out.", text=cut(missing, 40)),
            )


def cut_off_words(
    recipe: Recipe, lettering: Mapping[str, Lettering], new: Iterable[Text]
) -> Iterator[tuple[Text, Sentence]]:
    """Texts that reach over the edge of their panel, and what is told of them."""
    width, height = recipe.panel
    for text in new:
        made = lettering[lettering_key(text)]
        right, low = text.x + made.width, text.y + made.height
        off = right > width + _OVER_MM and not text.runs_on
        if not (text.turn or text.hidden or text.of) and (off or low > height + _OVER_MM):
            said = cut(text.words, 40)
            yield (
                text,
                Sentence("“{text}” reaches over the edge of its panel, and is cut off there.", text=said),
            )
