"""What a prompt is understood to mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from packdesk.generation.offline.families import FAMILIES
from packdesk.generation.offline.palette import METALS, TONES, luminance
from packdesk.generation.offline.style import FAMILY_WORDS, Style, read_prompt
from packdesk.generation.offline.wording import FAMILY_ADJECTIVES


def test_every_family_can_be_asked_for_painted_and_named() -> None:
    assert set(FAMILIES) == set(FAMILY_WORDS) == set(FAMILY_ADJECTIVES)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_answers_to_its_own_name(family: str) -> None:
    assert read_prompt(f"a {family} pattern").family == family


@pytest.mark.parametrize(
    ("prompt", "family"),
    [
        ("peonies and roses for a candle", "floral"),
        ("EUCALYPTUS AND FERN", "botanical"),
        ("bauhaus shapes", "geometric"),
        ("fine pinstripes", "stripes"),
        ("japanese seigaiha", "waves"),
        ("quartz with gold veins", "marble"),
        ("recycled cardboard look", "kraft"),
        ("polka for children", "dots"),
        ("speckled granite", "terrazzo"),
        ("ombre skincare", "gradient"),
        ("Art Déco gin", "deco"),
        ("no flowers, stripes please", "stripes"),
        ("geometric tea garden", "geometric"),
    ],
)
def test_family_words(prompt: str, family: str) -> None:
    assert read_prompt(prompt).family == family


def test_a_prompt_without_family_words_still_gets_one_that_depends_on_seed_only() -> None:
    families = {read_prompt("something for my shop", seed).family for seed in range(30)}
    assert len(families) > 1
    assert read_prompt("something for my shop", 4) == read_prompt("something for my shop", 4)


@pytest.mark.parametrize("word", [word for word in TONES if word not in {*METALS, "kraft"}])
def test_a_colour_word_colours_the_design(word: str) -> None:
    light = read_prompt(f"light {word} dots").palette
    assert light.ground == QColor(TONES[word].light)
    assert light.main == QColor(TONES[word].mid)
    assert read_prompt(f"dark {word} dots").palette.ground == QColor(TONES[word].deep)


@pytest.mark.parametrize(
    ("prompt", "second"),
    [("navy and coral stripes", "coral"), ("gray and mint dots", "mint"), ("crème and rosé dots", "rose")],
)
def test_a_second_colour_word_is_the_second_colour(prompt: str, second: str) -> None:
    assert read_prompt(prompt).palette.second == QColor(TONES[second].mid)


def test_accents_do_not_hide_a_colour_word() -> None:
    assert read_prompt("crème dots").palette.ground == QColor(TONES["cream"].light)


@pytest.mark.parametrize(
    ("words", "metal"),
    [
        ("copper", "copper"),
        ("rose gold", "rose gold"),
        ("silver foil", "silver"),
        ("brass", "brass"),
        ("", "gold"),
    ],
)
def test_metal_words(words: str, metal: str) -> None:
    assert read_prompt(f"teal marble {words}").palette.metal == QColor(METALS[metal])


def test_gold_beside_a_colour_is_foil_and_alone_is_the_colour() -> None:
    assert read_prompt("light teal and gold dots").palette.ground == QColor(TONES["teal"].light)
    assert read_prompt("light gold dots").palette.ground == QColor(TONES["gold"].light)


@pytest.mark.parametrize("prompt", ["dark teal waves", "navy stripes", "emerald art deco", "luxury floral"])
def test_dark_designs(prompt: str) -> None:
    style = read_prompt(prompt)
    assert style.palette.dark
    assert luminance(style.palette.ground) < luminance(style.palette.ink)


@pytest.mark.parametrize(
    "prompt", ["light navy stripes", "pastel emerald dots", "white deco", "luxury marble"]
)
def test_light_designs(prompt: str) -> None:
    style = read_prompt(prompt)
    assert not style.palette.dark
    assert luminance(style.palette.ground) > luminance(style.palette.ink)


def test_pastel_is_paler() -> None:
    plain, pastel = read_prompt("teal dots").palette, read_prompt("pastel teal dots").palette
    assert luminance(pastel.main) > luminance(plain.main)


@pytest.mark.parametrize(
    ("prompt", "brand", "product"),
    [
        ('floral "Sol Field" and "Rose Candle"', "Sol Field", "Rose Candle"),
        ("floral \u201cSol Field\u201d, \u201cRose Candle\u201d", "Sol Field", "Rose Candle"),
        ("blumig \u201eKäferhaus\u201c und \u201eGrüner Tee\u201c", "Käferhaus", "Grüner Tee"),
        ("floral \u00abMaison Été\u00bb \u00abThé\u00bb", "Maison Été", "Thé"),
        ("floral 'Sol Field' 'Rose Candle'", "Sol Field", "Rose Candle"),
        ("floral \u2018Sol Field\u2019 \u2018Rose Candle\u2019", "Sol Field", "Rose Candle"),
        ("don't use grey; it's for 'Otter's Den' and 'Soap'", "Otter's Den", "Soap"),
        ('"Otter\'s Den" isn\'t "Soap"', "Otter's Den", "Soap"),
        ('kraft "käferhaus" "öl"', "käferhaus", "öl"),
        ('kraft "A" "  two   words "', "A", "two words"),
        ('kraft "???" "Real Name" "Tea"', "Real Name", "Tea"),
    ],
)
def test_quoted_names(prompt: str, brand: str, product: str) -> None:
    style = read_prompt(prompt)
    assert (style.brand, style.wording.product) == (brand, product)


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("goldene Blumen auf dunkelblauem Grund", "gold flowers on dark blue ground"),
        ("rote und weiße Streifen", "red and white stripes"),
        ("Blaue Wellen, hellgrün", "blue waves, light green"),
        ("weißer Marmor mit goldenen Adern", "white marble with gold veins"),
        ("gelbe Punkte ohne Rot", "yellow dots without red"),
        ("Kräuter in Grün, keine Blumen", "herbs in green, no flowers"),
        ("Roségoldene Blätter in Altrosa", "rose-gold leaves in blush"),
        ("geometrische Formen in Türkis und Senfgelb", "geometric shapes in turquoise and mustard"),
        ("schwarzer Grüner Tee", "black green tea"),
    ],
)
def test_german_words_paint_what_their_english_ones_do(german: str, english: str) -> None:
    one, other = read_prompt(german), read_prompt(english)
    assert one.palette == other.palette
    assert one.family == other.family
    assert one.wording.tagline == other.wording.tagline


def test_english_words_are_no_german_ones() -> None:
    for word in ("modern", "rose", "kraft", "creme", "golden", "lines", "art", "hello", "rotten"):
        assert word in read_prompt(f"floral {word}").words


def test_quoted_names_do_not_choose_the_pattern() -> None:
    style = read_prompt('stripes for "Marble Marble" "Marble"')
    assert style.family == "stripes"


def test_without_quotes_brand_and_product_are_invented_from_the_goods() -> None:
    style = read_prompt("botanical tea box")
    assert style.brand
    assert style.wording.product == "Garden Tea"
    assert style.wording.tagline == "Loose leaf infusion"


def test_goods_are_found_in_the_product_name() -> None:
    assert read_prompt('floral "Sol Field" "Rose Candle"').wording.tagline == "Hand poured"


def test_a_very_long_name_stays_whole() -> None:
    style = read_prompt('dots "The Very Long Name Of A Little Company In A Town By The Sea"')
    assert style.brand == "The Very Long Name Of A Little Company In A Town By The Sea"


def test_case_and_outer_blanks_do_not_matter() -> None:
    assert read_prompt("Teal Waves ").palette == read_prompt("teal waves").palette
    assert read_prompt("Teal Waves ").seed == read_prompt("teal waves").seed


def test_what_no_font_can_have_is_left_out_of_a_name() -> None:
    assert read_prompt('tea "Yu\U00016b90zu\u200d"').brand == "Yuzu"


@given(st.text(max_size=400), st.integers())
def test_any_text_is_a_style(prompt: str, seed: int) -> None:
    style = read_prompt(prompt, seed)
    assert isinstance(style, Style)
    assert style.family in FAMILIES
    assert style.brand.strip()
    assert style.brand.isprintable()
    assert style.wording.product.strip()
    assert read_prompt(prompt, seed) == style


_FRAGMENTS = st.sampled_from([*TONES, *METALS, *FAMILIES, '"', "'", "no", "dark", "pastel", "tea", "\u201e"])


@given(st.lists(_FRAGMENTS, max_size=12))
def test_any_mixture_of_known_words_is_a_style(words: list[str]) -> None:
    assert read_prompt(" ".join(words)).family in FAMILIES


@pytest.mark.parametrize(
    ("prompt", "ground", "main"),
    [
        ("red and white stripes", TONES["white"].light, TONES["red"].mid),
        ("white and red dots", TONES["white"].light, TONES["red"].mid),
        ("rote Punkte auf gelbem Grund", TONES["yellow"].mid, TONES["red"].mid),
        ("schwarz-gelbe Streifen", TONES["black"].deep, TONES["yellow"].mid),
        ("navy leaves on cream", TONES["cream"].light, TONES["navy"].deep),
        ("white flowers on a dark green ground", TONES["green"].deep, TONES["white"].light),
        ("red stripes", TONES["red"].light, TONES["red"].mid),
    ],
)
def test_the_colours_asked_for_are_those_painted(prompt: str, ground: str, main: str) -> None:
    palette = read_prompt(prompt).palette
    assert (palette.ground, palette.main) == (QColor(ground), QColor(main))
    named = {main, ground, TONES["red"].mid}
    assert palette.metal.name() in named, "no foil that was not asked for"


def test_stripes_of_two_colours_have_no_third() -> None:
    palette = read_prompt("red and white stripes").palette
    asked = {TONES["red"].mid, TONES["white"].light}
    assert {one.name() for one in (*palette.motifs, palette.accent, palette.metal, palette.ground)} == asked


@pytest.mark.parametrize("words", ["rot-weiße", "rotweiße", "red-and-white", "red & white", "rot und weiß:"])
def test_two_colours_in_one_word(words: str) -> None:
    assert read_prompt(f"{words} stripes").palette == read_prompt("red white stripes").palette
