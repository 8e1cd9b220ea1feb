"""What stands on the package beside the brand: product, tagline, small print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BRANDS = (
    "Alder & Rye",
    "Maison Verte",
    "North Fold",
    "Juniper Lane",
    "Casa Luma",
    "Otter & Oak",
    "Fern House",
    "Sol Field",
    "Haven Row",
    "Little Tides",
)

FAMILY_ADJECTIVES = {
    "floral": "Blossom",
    "botanical": "Garden",
    "geometric": "Studio",
    "stripes": "Classic",
    "waves": "Coastal",
    "marble": "Reserve",
    "kraft": "Natural",
    "dots": "Playful",
    "terrazzo": "Atelier",
    "gradient": "Aurora",
    "deco": "Grand",
}


@dataclass(frozen=True)
class Goods:
    """The small print of one kind of goods."""

    tagline: str
    amount: str
    heading: str
    contents: str


_FOOD = "Ingredients"
_MADE_OF = "Made with"
_ANY = Goods(
    "Made with care", "NET WT 120 g  ·  4.2 OZ", "Care", "Keep cool, dry and out of direct sunlight."
)

GOODS: dict[str, Goods] = {
    "tea": Goods(
        "Loose leaf infusion", _ANY.amount, _FOOD, "Green and black leaf, rose hip, lemon peel, cornflower."
    ),
    "coffee": Goods(
        "Small batch roast", "NET WT 250 g  ·  8.8 OZ", _FOOD, "Whole arabica beans, washed and sun dried."
    ),
    "chocolate": Goods(
        "Single origin",
        "NET WT 90 g  ·  3.2 OZ",
        _FOOD,
        "Cocoa mass, cane sugar, cocoa butter. May contain nuts.",
    ),
    "soap": Goods(
        "Cold process bar",
        "NET WT 110 g  ·  3.9 OZ",
        _MADE_OF,
        "Olive oil, coconut oil, shea butter, lye, water.",
    ),
    "candle": Goods(
        "Hand poured",
        "NET WT 220 g  ·  7.8 OZ",
        _MADE_OF,
        "Rapeseed wax, cotton wick, fragrance. Never leave it alone.",
    ),
    "honey": Goods(
        "Raw and unfiltered", "NET WT 340 g  ·  12 OZ", _FOOD, "Meadow honey, nothing else. Stir gently."
    ),
    "cookies": Goods(
        "Baked in the morning",
        "NET WT 180 g  ·  6.3 OZ",
        _FOOD,
        "Wheat flour, butter, sugar, oats, sea salt.",
    ),
    "perfume": Goods(
        "Eau de parfum", "50 ml  ·  1.7 FL OZ", _MADE_OF, "Alcohol, perfume oils, water. Flammable."
    ),
    "skincare": Goods(
        "Daily ritual", "75 ml  ·  2.5 FL OZ", _MADE_OF, "Water, squalane, glycerin, oat extract, vitamin E."
    ),
    "granola": Goods(
        "Slowly toasted", "NET WT 400 g  ·  14 OZ", _FOOD, "Oats, almonds, honey, sunflower seeds, raisins."
    ),
    "wine": Goods(
        "Estate bottled", "750 ml  ·  12.5 % VOL", _FOOD, "Grapes, sulphites. Serve slightly cool."
    ),
    "gin": Goods(
        "Copper distilled", "500 ml  ·  42 % VOL", _FOOD, "Neutral spirit, juniper, coriander, citrus peel."
    ),
    "whisky": Goods(
        "Cask aged", "700 ml  ·  43 % VOL", _FOOD, "Malted barley, yeast, water. Matured in oak."
    ),
    "juice": Goods("Cold pressed", "330 ml  ·  11 FL OZ", _FOOD, "Apple, carrot, ginger, lemon. Shake well."),
    "cereal": Goods("Whole grain", "NET WT 375 g  ·  13 OZ", _FOOD, "Wheat, oats, barley malt, sea salt."),
    "pasta": Goods("Bronze cut", "NET WT 500 g  ·  17.6 OZ", _FOOD, "Durum wheat semolina, water."),
    "spices": Goods(
        "Ground to order", "NET WT 45 g  ·  1.6 OZ", _FOOD, "Cumin, coriander, paprika, black pepper."
    ),
    "tonic": Goods(
        "Lightly sparkling", "200 ml  ·  6.8 FL OZ", _FOOD, "Water, cane sugar, citric acid, quinine."
    ),
}

_GOODS_ALIASES = {
    "teas": "tea",
    "whiskey": "whisky",
    "coffees": "coffee",
    "chocolates": "chocolate",
    "soaps": "soap",
    "candles": "candle",
    "cookie": "cookies",
    "biscuits": "cookies",
    "fragrance": "perfume",
    "cosmetics": "skincare",
    "muesli": "granola",
    "spice": "spices",
}


@dataclass(frozen=True)
class Wording:
    """Everything printed beside the brand."""

    product: str
    tagline: str
    amount: str
    story: str
    heading: str
    contents: str
    batch: str
    line: str = ""


def plain(product: str, line: str, amount: str) -> Wording:
    """Nothing but what the user has said."""
    return Wording(product, "", amount, "", "", "", "", line)


def find_goods(words: Iterable[str]) -> str | None:
    """The first word that names goods we know, or none."""
    for word in words:
        known = _GOODS_ALIASES.get(word, word)
        if known in GOODS:
            return known
    return None


def compose(family: str, words: Iterable[str], product: str | None, number: int) -> Wording:
    """Word the whole package; `number` is the batch that stands above the brand."""
    name = find_goods([*words, *(product or "").casefold().split()])
    goods = GOODS[name] if name else _ANY
    title = product or f"{FAMILY_ADJECTIVES[family]} {(name or 'collection').title()}"
    return Wording(
        product=title,
        tagline=goods.tagline,
        amount=goods.amount,
        story=(
            f"{title} is made, folded and filled in small runs. "
            "Keep it in a cool, dry place and enjoy it within six months of opening."
        ),
        heading=goods.heading,
        contents=goods.contents,
        batch=f"Batch no. {number}",
    )
