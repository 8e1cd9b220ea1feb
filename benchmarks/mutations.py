"""Every place of a module where a small fault can be put: operators, numbers, conditions, boundaries.

Left out by rule, because no behaviour hangs on them: types, logging, assertions, what is written in error
messages and f-strings, decorators, and what is slack: limits of time and memory, numbers below a thousandth,
how much is worked on at a time, how hard a PNG is packed. `strict` of `zip` is an assertion, too. Nor can
anybody see whether something is multiplied or divided by a literal 1 or -1, and the numbers of a `date(…)`
outside functions are facts, not behaviour.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLERANCE = 0.001  # smaller numbers say how near is near enough
ROOT = Path(__file__).resolve().parent.parent
SLACK = re.compile(
    r"(_S|_MS|_NS|_BYTES|_MB|_CHUNK|_A_STEP)$|^_ROWS$|_STRIP_|PATIENCE|TIMEOUT|TOLERANCE|EPSILON|SLACK"
)
SLACK_WORDS = {"timeout", "maxsize", "seconds", "abs_tol", "rel_tol", "strict", "compress_level"}

TURNED: dict[type[ast.AST], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
}


@dataclass(frozen=True)
class Mutant:
    """One change of one module: the bytes from `start` to `end` become `new`."""

    path: Path
    line: int
    start: int
    end: int
    new: bytes
    shown: str

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"

    @property
    def room(self) -> str:
        return self.path.parts[1]


class Finder(ast.NodeVisitor):
    """Every place of a module that can be turned."""

    def __init__(self, path: Path, raw: bytes) -> None:
        self.found: list[Mutant] = []
        self._path, self._raw = path, raw
        self._inside = 0  # how many functions deep
        self._lines = [0]
        for line in raw.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self.visit(ast.parse(raw))

    def _span(self, node: ast.expr) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self._lines[node.lineno - 1] + node.col_offset,
            self._lines[node.end_lineno - 1] + node.end_col_offset,
        )

    def _add(self, start: int, end: int, new: str) -> None:
        line = self._raw.count(b"\n", 0, start) + 1
        old = self._raw[start:end].decode()
        whole = self._raw[self._lines[line - 1] : self._lines[line]].decode().strip()
        short = " ".join(old.split())
        self.found.append(
            Mutant(self._path, line, start, end, new.encode(), f"{short} -> {new[:30]}  in  {whole[:60]}")
        )

    def _between(self, left: ast.expr, operator: ast.AST, right: ast.expr) -> None:
        """Turn the operator between two operands."""
        old, new = TURNED.get(type(operator), ("", ""))
        start, end = self._span(left)[1], self._span(right)[0]
        words = old.replace(" ", r"\s+") if old.isascii() and old[:1].isalpha() else re.escape(old)
        place = old and re.search(words.encode(), self._raw[start:end])
        if place:
            self._add(start + place.start(), start + place.end(), new)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        texts = any(isinstance(side, ast.JoinedStr) or is_text(side) for side in (node.left, node.right))
        if not texts and not (isinstance(node.op, ast.Mult | ast.Div) and is_unit(node.right)):
            self._between(node.left, node.op, node.right)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        operands = [node.left, *node.comparators]
        for left, operator, right in zip(operands, node.ops, node.comparators, strict=False):
            self._between(left, operator, right)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        for left, right in zip(node.values, node.values[1:], strict=False):
            self._between(left, node.op, right)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.USub):
            self._add(self._span(node)[0], self._span(node.operand)[0], "")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self._add(*self._span(node), str(not value))
        elif isinstance(value, int):
            self._add(*self._span(node), str(value + 1))
        elif isinstance(value, float) and abs(value) > TOLERANCE:
            self._add(*self._span(node), str(value + 1 if abs(value) >= 1 else value * 1.5 or 0.5))

    def _condition(self, node: ast.If | ast.While | ast.IfExp) -> None:
        start, end = self._span(node.test)
        self._add(start, end, f"not ({self._raw[start:end].decode()})")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            self._condition(node)

    visit_While = visit_IfExp = _condition  # noqa: N815  (names ast gives)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Neither its decorators nor its types."""
        for part in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(part)
        self._inside += 1
        for statement in node.body:
            self.visit(statement)
        self._inside -= 1

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in node.body:
            self.visit(part)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value and not is_slack(node.target):
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(is_slack(name) for target in node.targets for name in ast.walk(target)):
            self.visit(node.value)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg not in SLACK_WORDS:
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        logged = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in ("_log", "logging")
        dated = not self._inside and isinstance(node.func, ast.Name) and node.func.id == "date"
        if not logged and not dated:
            self.generic_visit(node)

    def _nothing(self, node: ast.AST) -> None:
        """Leave it out."""

    visit_Assert = visit_Raise = visit_JoinedStr = _nothing  # noqa: N815


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)


def is_unit(node: ast.expr) -> bool:
    """Whether it is a literal 1 or -1, by which to multiply and to divide is the same."""
    value = node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else node
    return isinstance(value, ast.Constant) and not isinstance(value.value, bool) and value.value in (1, 1.0)


def is_slack(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and bool(SLACK.search(node.id))


def mutants_of(room: str) -> Iterator[Mutant]:
    for path in sorted((ROOT / "packdesk" / room).rglob("*.py")):
        for found in Finder(path.relative_to(ROOT), path.read_bytes()).found:
            raw = path.read_bytes()
            try:
                ast.parse(raw[: found.start] + found.new + raw[found.end :])
            except SyntaxError:
                continue
            yield found
