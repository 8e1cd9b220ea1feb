"""Words for what pictures cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from packdesk.domain.prices import PriceTable
    from packdesk.domain.spending import MonthReport
    from packdesk.generation.base import Estimate


def money(usd: float) -> str:
    """An amount of US dollars as the locale writes numbers: two places, three where it is below ten cents."""
    places = 3 if 0 < usd < 0.095 else 2
    words = translate("money", "US$ {0}").format(QLocale().toString(float(usd), "f", places))
    return words.replace(" ", "\u00a0")


def cost_words(estimate: Estimate) -> str:
    """What a run costs, what the month has cost, and whether the limit leaves room for it."""
    if estimate.priced_on is None:
        told = translate("money", "About {0}: the model's price is not known, the dearest stands in.")
        words = [told.format(money(estimate.usd))]
    else:
        told = translate("money", "Google bills your key for it: about {0} by prices of {1}.")
        words = [told.format(money(estimate.usd), estimate.priced_on.isoformat())]
    month = estimate.month
    if month is not None and month.limit_usd is not None:
        told = translate("money", "Spent this month: {0} of {1}.")
        words.append(told.format(money(month.usd), money(month.limit_usd)))
    if not estimate.fits:
        words.append(translate("money", "The limit does not leave room for all of them."))
    if month is not None:
        words += set_aside_words(month)
    return " ".join(words)


def month_words(month: MonthReport) -> str:
    """The sum of a month."""
    if not month.pictures:
        return translate("money", "Nothing was paid for this month.")
    told = (
        translate("money", "About {0} for one picture.")
        if month.pictures == 1
        else translate("money", "About {0} for {1} pictures.")
    )
    words = [told.format(money(month.usd), month.pictures)]
    if month.perhaps_usd:
        told = translate("money", "Of this {0} were asked for without an answer: perhaps billed.")
        words.append(told.format(money(month.perhaps_usd)))
    return " ".join(words)


def set_aside_words(month: MonthReport) -> list[str]:
    """That earlier ledgers could not be read."""
    told = translate("money", "A ledger that could not be read is kept as {0}; what it held is not counted.")
    return [told.format(name) for name in month.set_aside]


def price_lines(table: PriceTable) -> list[str]:
    """Two lines for each model: its name with the day of its prices, and what each size costs."""
    lines = []
    for model, prices in table.models.items():
        sizes = (f"{size}\u00a0\u00a0{QLocale().toString(usd, 'f', 3)}" for size, usd in prices.usd.items())
        lines += [
            translate("money", "{0}, as of {1}, in US$").format(model, prices.as_of.isoformat()),
            "    " + "    ".join(sizes),
        ]
    return lines
