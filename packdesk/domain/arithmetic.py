"""Sums as people type them into a size field: `100+2*3`, `(80+4)/2`, `3,5`, `1/2 in`."""

from __future__ import annotations

import ast
import math
import operator
import re
import unicodedata
from typing import TYPE_CHECKING

from packdesk.domain.units import MM_PER_INCH
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_CHARACTERS = 100
UNITS_MM: dict[str, float] = {
    "mm": 1.0,
    "cm": 10.0,
    "m": 1000.0,
    **dict.fromkeys(("in", "inch", '"'), MM_PER_INCH),
}
"""Millimetres in each unit that may be typed."""

_REMEDY = "Type a number or a sum, such as 120 or 100+2*3."
_GRAIN_DIGITS = 6
_PLAIN = str.maketrans(
    {
        ",": ".",
        "\N{ARABIC DECIMAL SEPARATOR}": ".",
        "\N{MINUS SIGN}": "-",
        "\N{MULTIPLICATION SIGN}": "*",
        "\N{DIVISION SIGN}": "/",
    }
    | dict.fromkeys("”″", '"')
)
_TOKEN = re.compile(r"""\s*(?:(?P<amount>\d+\.?\d*|\.\d+|\))\s*(?P<unit>[a-z]+|")?|(?P<sign>[-+*/(]))\s*""")
_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_SIGNS: dict[type[ast.unaryop], Callable[[float], float]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}


def evaluate_length(text: str, unit_mm: float) -> float:
    """Work out a sum of lengths in millimetres; numbers without a unit count `unit_mm` millimetres each.

    A unit belongs to what stands before it, so `1/2 in` is half an inch.

    Raises:
        InvalidInputError: it is no such sum, divides by zero, or its result is too large.
    """
    # The sum is worked out in the field's own unit: there `100+2*3` has its plain meaning.
    units = {name: millimetres / unit_mm for name, millimetres in UNITS_MM.items()}
    length = _result(text, units) * unit_mm
    if not math.isfinite(length):
        raise InvalidInputError(Sentence("“{text}” has too large a result.", text=_quoted(text)), _REMEDY)
    return round(length, _GRAIN_DIGITS)  # a millionth of a millimetre: 1/25.4*25.4 shall be 1


def _result(text: str, units: Mapping[str, float]) -> float:
    try:
        return _value(ast.parse(_python_sum(text, units), mode="eval").body)
    except (SyntaxError, ValueError):
        raise InvalidInputError(
            Sentence("“{text}” is neither a number nor a calculation.", text=_quoted(text)), _REMEDY
        ) from None
    except ZeroDivisionError:
        raise InvalidInputError(Sentence("“{text}” divides by zero.", text=_quoted(text)), _REMEDY) from None


def _python_sum(text: str, units: Mapping[str, float]) -> str:
    """The sum with plain decimal numbers and every unit as a factor; nothing else passes."""
    if len(text) > 2 * MAX_CHARACTERS:  # with what is around it; a megabyte is not even looked at
        raise ValueError(text[:MAX_CHARACTERS])
    plain = "".join(_plain_digit(char) for char in text.translate(_PLAIN)).lower().strip()
    if len(plain) > MAX_CHARACTERS:
        raise ValueError(text)
    found, end = [], 0
    while end < len(plain):
        token = _TOKEN.match(plain, end)
        if token is None:
            raise ValueError(text)
        found.append(_python_token(token, units))
        end = token.end()
    return " ".join(found)


def _python_token(token: re.Match[str], units: Mapping[str, float]) -> str:
    amount, unit, sign = token.group("amount", "unit", "sign")
    if sign:
        return str(sign)
    if unit and unit not in units:
        raise ValueError(unit)
    number = amount if amount == ")" else repr(float(amount))  # Python itself takes no 007
    return f"{number} * {units[unit]!r}" if unit else number


def _plain_digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=float(value)):
            return value
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _SIGNS:
            return _SIGNS[type(sign)](_value(operand))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATIONS:
            return _OPERATIONS[type(sign)](_value(left), _value(right))
    raise ValueError(ast.dump(node))


def _quoted(text: str) -> str:
    return text.strip()[:40]
