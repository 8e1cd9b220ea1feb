"""German words of a prompt as the English ones the painters know, whatever their ending."""

from __future__ import annotations

from functools import cache

from packdesk.generation.offline.palette import TONES

_WORDS = {
    # colours
    "grun": "green",
    "waldgrun": "forest",
    "salbei": "sage",
    "salbeigrun": "sage",
    "oliv": "olive",
    "olivgrun": "olive",
    "limette": "lime",
    "smaragd": "emerald",
    "smaragdgrun": "emerald",
    "petrol": "teal",
    "turkis": "turquoise",
    "minze": "mint",
    "mintgrun": "mint",
    "blau": "blue",
    "kobaltblau": "cobalt",
    "marineblau": "navy",
    "nachtblau": "navy",
    "himmelblau": "sky",
    "lila": "purple",
    "lavendel": "lavender",
    "flieder": "lilac",
    "violett": "violet",
    "pflaume": "plum",
    "rosa": "pink",
    "altrosa": "blush",
    "koralle": "coral",
    "korallenrot": "coral",
    "lachs": "salmon",
    "rot": "red",
    "weinrot": "burgundy",
    "purpur": "crimson",
    "rost": "rust",
    "rostrot": "rust",
    "terrakotta": "terracotta",
    "aprikose": "apricot",
    "pfirsich": "peach",
    "gelb": "yellow",
    "senf": "mustard",
    "senfgelb": "mustard",
    "braun": "brown",
    "sandfarben": "sand",
    "cremefarben": "cream",
    "elfenbein": "ivory",
    "schwarz": "black",
    "anthrazit": "charcoal",
    "grau": "grey",
    "weiss": "white",
    # foils
    "gold": "gold",
    "golden": "gold",
    "goldfarben": "gold",
    "rosegold": "rose-gold",
    "rosegolden": "rose-gold",
    "silber": "silver",
    "silbern": "silver",
    "kupfer": "copper",
    "kupfern": "copper",
    "bronze": "bronze",
    "messing": "brass",
    # patterns
    "blume": "flowers",
    "blumenmuster": "flowers",
    "blumig": "floral",
    "blute": "blossom",
    "bluten": "blossom",
    "blutenblatter": "petals",
    "pfingstrose": "peony",
    "strauss": "bouquet",
    "botanisch": "botanical",
    "blatt": "leaf",
    "blatter": "leaves",
    "laub": "foliage",
    "kraut": "herb",
    "krauter": "herbs",
    "farn": "fern",
    "pflanze": "plants",
    "garten": "garden",
    "tropisch": "tropical",
    "dschungel": "jungle",
    "geometrisch": "geometric",
    "dreieck": "triangles",
    "formen": "shapes",
    "mosaik": "mosaic",
    "abstrakt": "abstract",
    "streifen": "stripes",
    "gestreift": "striped",
    "nadelstreifen": "pinstripes",
    "linie": "lines",
    "welle": "waves",
    "wellig": "waves",
    "meer": "sea",
    "ozean": "ocean",
    "wasser": "water",
    "marmor": "marble",
    "marmoriert": "marbled",
    "adern": "veins",
    "kraftpapier": "kraft",
    "packpapier": "kraft",
    "pappe": "cardboard",
    "rustikal": "rustic",
    "handgemacht": "handmade",
    "punkt": "dots",
    "gepunktet": "dotted",
    "tupfen": "spots",
    "konfetti": "confetti",
    "gesprenkelt": "speckled",
    "granit": "granite",
    "verlauf": "gradient",
    "farbverlauf": "gradient",
    "facher": "fans",
    # moods
    "dunkel": "dark",
    "dunkl": "dark",
    "nacht": "night",
    "hell": "light",
    "zart": "soft",
    "weich": "soft",
    "blass": "pale",
    "pastellfarben": "pastel",
    "pastell": "pastel",
    "edel": "luxury",
    "edl": "luxury",
    "luxurios": "luxurious",
    "modern": "modern",
    # goods
    "tee": "tea",
    "kaffee": "coffee",
    "schokolade": "chocolate",
    "seife": "soap",
    "kerze": "candle",
    "honig": "honey",
    "keks": "cookies",
    "platzchen": "cookies",
    "parfum": "perfume",
    "hautpflege": "skincare",
    "creme": "cream",
    "musli": "granola",
    "wein": "wine",
    "saft": "juice",
    "nudel": "pasta",
    "gewurz": "spices",
}
"""As `style` reads them: in lower case, without accents."""
_COLOURS = [german for german, english in _WORDS.items() if english in TONES]
_ENDINGS = ("", "e", "en", "er", "es", "em", "n", "s")
_SHADES = {"dunkel": "dark", "hell": "light", "zart": "soft", "pastell": "pastel", "tief": "deep"}
NEGATIONS = frozenset(
    ["ohne", "nicht", "kein", *(f"kein{ending}" for ending in ("e", "en", "er", "es", "em"))]
)


@cache
def in_english(word: str) -> tuple[str, ...]:
    """The words a German one stands for, `dunkelblaue` and `rotweiss` for two; any other word as it is.

    Args:
        word: in lower case, without accents.
    """
    if found := _stem(word):
        return (found,)
    for shade, english in _SHADES.items():
        if word.startswith(shade) and (colour := _stem(word.removeprefix(shade))):
            return english, colour
    for first in _COLOURS:  # rotweiss
        if word.startswith(first) and (second := _stem(word.removeprefix(first))) in TONES:
            return _WORDS[first], second
    return (word,)


def _stem(word: str) -> str | None:
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return next((_WORDS[stem] for stem in stems if stem in _WORDS), None)
