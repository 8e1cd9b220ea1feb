"""Which texts of a design can be text in a file, with their typefaces, and why the others stay outlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Self

from packdesk.domain.objects.lettering import lettering_key
from packdesk.domain.objects.live import LiveFont, LiveLettering, LiveSpan, Outlined, why_outlined
from packdesk.domain.objects.values import Text
from packdesk.services.panel_objects import of_panels
from packdesk.services.placing import kept_objects

if TYPE_CHECKING:
    from packdesk.domain.objects.shown import ShownObjects
    from packdesk.domain.state import PackagingState, PanelTexture
    from packdesk.sentence import Sentence
    from packdesk.textures.library import TextureLibrary

Wanted = Mapping[str, tuple[tuple[Text, str], ...]]
"""Texts that are seen, with the outlines they are drawn with, by panel."""


def texts_of(library: TextureLibrary, state: PackagingState) -> dict[str, tuple[tuple[Text, str], ...]]:
    """What of a design would be text. Blocks.

    What runs on from another panel is text on its own one only: else it would be read twice.
    """
    return of_panels(state, partial(_texts, library), "are drawn as pixels")


def _texts(library: TextureLibrary, texture: PanelTexture) -> tuple[tuple[Text, str], ...] | None:
    kept = kept_objects(library, texture)
    if kept is None:
        return None
    set_ones = ((one, kept.lettering.get(lettering_key(one))) for one in kept.recipe.texts)
    return tuple(
        (one, set_one.outline) for one, set_one in set_ones if set_one and not (one.hidden or one.of)
    )


def outlines_of(wanted: Wanted) -> list[tuple[Text, str]]:
    """Those that are set again, in the order `LiveTexts.of` expects."""
    return [one for texts in wanted.values() for one in texts if one[0].opacity == 1]


@dataclass(frozen=True)
class LiveTexts:
    """What of a design is text.

    Attributes:
        spans: by panel and object.
        fonts: the typefaces, by the names the spans have for them.
        outlined: why the other texts stay outlines, by panel and object.
    """

    spans: Mapping[str, Mapping[str, tuple[LiveSpan, ...]]] = field(default_factory=dict, repr=False)
    fonts: Mapping[str, LiveFont] = field(default_factory=dict, repr=False)
    outlined: Mapping[str, Mapping[str, Sentence]] = field(default_factory=dict)

    @classmethod
    def of(cls, wanted: Wanted, made: LiveLettering) -> Self:
        """Of what was made of `outlines_of`."""
        answers = iter(made.texts)
        spans: dict[str, dict[str, tuple[LiveSpan, ...]]] = {}
        outlined: dict[str, dict[str, Sentence]] = {}
        for panel_id, texts in wanted.items():
            for text, _ in texts:
                answer = next(answers) if text.opacity == 1 else Outlined.SEEN_THROUGH
                if not isinstance(answer, Outlined):
                    spans.setdefault(panel_id, {})[text.id] = answer
                elif text.opacity and text.words.strip():
                    outlined.setdefault(panel_id, {})[text.id] = why_outlined(text, answer)
        return cls(spans, made.fonts, outlined)

    def over(self, shown: Mapping[str, ShownObjects]) -> dict[str, ShownObjects]:
        """What panels show, with what of it is text."""
        return {
            panel_id: replace(one, live=self.spans.get(panel_id, {}), fonts=self.fonts)
            for panel_id, one in shown.items()
        }

    @property
    def told(self) -> tuple[Sentence, ...]:
        """Why texts stay outlines, each sentence once."""
        return tuple(dict.fromkeys(why for texts in self.outlined.values() for why in texts.values()))
