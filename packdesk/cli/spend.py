"""What pictures have cost, and what the next ones will."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.app.paying import cost_lines, counted, ledger_of, price_file
from packdesk.cli.output import JsonOption, print_json, say, tell
from packdesk.domain.spending import check_month, dollars
from packdesk.settings import read_settings
from packdesk.store.ledger import read_prices

if TYPE_CHECKING:
    from packdesk.domain.spending import MonthReport
    from packdesk.generation.base import Estimate


def spend(
    month: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="Another month than the present one, by UTC.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """What pictures by Gemini have cost on this machine in a month, about."""
    read_prices(price_file())  # one that is wrong is told here, too
    report = ledger_of(read_settings()).report(None if month is None else check_month(month))
    if as_json:
        print_json({**asdict(report), "left_usd": report.left_usd})
    else:
        _print(report)
    _tell_set_aside(report)


def tell_cost(estimate: Estimate | None) -> None:
    """What a generation will cost, before it is begun; nothing when it is free."""
    if estimate is None:
        return
    for line in cost_lines(estimate):
        tell(line)
    if estimate.month is not None:
        _tell_set_aside(estimate.month)


def _print(report: MonthReport) -> None:
    say(f"{report.month}: about US$ {dollars(report.usd)} for {counted(report.pictures)}")
    for one in report.models:
        say(f"  {one.model}: {counted(one.pictures)}, US$ {dollars(one.usd)}")
    if report.perhaps_usd:
        say(f"  of this US$ {dollars(report.perhaps_usd)} were asked for without an answer: perhaps billed")
    if report.limit_usd is not None:
        say(f"  limit US$ {dollars(report.limit_usd)}, left US$ {dollars(report.left_usd or 0)}")


def _tell_set_aside(report: MonthReport) -> None:
    for name in report.set_aside:
        tell(f"packdesk: A ledger that could not be read is kept as {name}; what it held is not counted.")
