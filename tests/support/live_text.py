"""Texts set in this process, with their outlines, and typefaces that are not as they should be."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont
from PySide6.QtGui import QFontDatabase

from packdesk.assets import asset_path
from packdesk.domain.objects.lettering import Lettering, lettering_key
from packdesk.domain.objects.values import Text
from packdesk.textures.objects.live_setting import set_live
from packdesk.textures.objects.shaping import ensure_typefaces, shaped

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.objects.live import LiveFont, LiveLettering

REGULAR = asset_path("fonts", "hanken-grotesk", "HankenGrotesk-Regular.otf")
TRUETYPE = asset_path("fonts", "hanken-grotesk", "HankenGrotesk-Medium.ttf")


def text(words: str, family: str = "Hanken Grotesk", **values: object) -> Text:
    """A text in a box of 80 mm."""
    place = {"id": "text", "width": 80.0, "size": 18.0, **values}
    return Text.model_validate({"words": words, "family": family, **place})


def lettered(texts: tuple[Text, ...]) -> dict[str, Lettering]:
    """Their outlines, as a design keeps them."""
    return {lettering_key(one): shaped(one) for one in texts}


def live(*texts: Text) -> LiveLettering:
    """What becomes of texts that are drawn with the outlines they have here."""
    return set_live([(one, shaped(one).outline) for one in texts])


def words_of(one: Text, made: LiveLettering) -> str:
    """What a reader finds, from left to right."""
    (spans,) = made.texts
    assert not isinstance(spans, str), f"{one.words} stays outlines: {spans}"
    return "".join(
        span.words or "".join(made.fonts[span.font].words[glyph.code] for glyph in span.glyphs)
        for span in spans
    )


def font_of(made: LiveLettering) -> LiveFont:
    """The only one."""
    (font,) = made.fonts.values()
    return font


def install(family: str, change: Callable[[TTFont], None], file: object = REGULAR) -> str:
    """Make a changed copy of a typeface known to this process, under another name; returns that."""
    ensure_typefaces()
    font = TTFont(file)
    change(font)
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 6, 16}:
            record.string = family.replace(" ", "") if record.nameID == 6 else family
    if "CFF " in font:
        font["CFF "].cff.topDictIndex[0].FamilyName = family
    buffer = io.BytesIO()
    font.save(buffer)
    number = QFontDatabase.addApplicationFontFromData(buffer.getvalue())
    assert QFontDatabase.applicationFontFamilies(number) == [family]
    return family
