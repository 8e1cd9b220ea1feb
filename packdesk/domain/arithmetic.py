"""Sums as people type them into a size field: `100+2*3`, `(80+4)/2`, `3,5`, `1/2 in`, `4 1/4"`, `4¼"`."""

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
    **dict.fromkeys(("in", "inch", "inches", "zoll", '"'), MM_PER_INCH),
}
"""Millimetres in each unit that may be typed."""

_REMEDY = "Type a number or a sum, such as 120 or 100+2*3."
_GRAIN_DIGITS = 6
_PLAIN = str.maketrans(
    {
        ",": ".",
        "\N{ARABIC DECIMAL SEPARATOR}": ".",
        "\N{MULTIPLICATION SIGN}": "*",
        "\N{DIVISION SIGN}": "/",
        "\N{DIVISION SLASH}": "/",
    }
    | dict.fromkeys("\u2010\u2011\u2012\u2013\N{MINUS SIGN}", "-")
    | dict.fromkeys("“”„″", '"')
)
_INVISIBLE = frozenset({"Cf", "Mn"})
"""Categories of Unicode that show nothing here: marks of the writing direction, joiners, variants."""
_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_BESIDE_VULGAR = re.compile(rf"(?<=\d)(?=[{_VULGAR}])")
_BROKEN = re.compile(r"(\d+)\u2044(\d+)")  # as Unicode writes those characters: with a fraction slash
_MIXED = re.compile(r"(?<![\d.])(\d+)\s+(\d+)[/\u2044](\d+)(?!\d|\s*[./\u2044])")
_DASHED = re.compile(r"(?<![\d.])(?<![*/])(\d+)-(\d+)[/\u2044](\d+)(?!\d|\s*[./\u2044*(])(?=\s*([a-z]+|\"|))")
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

    A unit belongs to what stands before it, so `1/2 in` is half an inch. A whole number, a blank and a
    fraction are one number; with a dash between them they are in inches only, as drawings write them there:
    `4-1/4` is 4.25 in inches and a subtraction in millimetres.

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
    plain = "".join(_plain_char(char) for char in _visible(text).translate(_PLAIN)).lower().strip()
    if len(plain) > MAX_CHARACTERS:
        raise ValueError(text)
    plain = _with_fractions(plain.replace("''", '"'), units)
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


def _visible(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) not in _INVISIBLE)


def _plain_char(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _with_fractions(plain: str, units: Mapping[str, float]) -> str:
    """The sum with every mixed number in parentheses."""
    plain = _BESIDE_VULGAR.sub(" ", plain)
    plain = "".join(unicodedata.normalize("NFKC", char) if char in _VULGAR else char for char in plain)
    plain = _MIXED.sub(_mixed, plain)
    plain = _DASHED.sub(lambda found: _dashed(found, units), plain)
    return _BROKEN.sub(r"(\1/\2)", plain)


def _mixed(found: re.Match[str]) -> str:
    whole, part, parts = found.group(1, 2, 3)
    return f"({whole}+{part}/{parts})" if int(part) < int(parts) else found.group()


def _dashed(found: re.Match[str], units: Mapping[str, float]) -> str:
    unit = found[4]
    inches = UNITS_MM.get(unit) == MM_PER_INCH if unit else units["in"] == 1
    return _mixed(found) if inches else found.group()


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
    return _visible(text).strip()[:40]
