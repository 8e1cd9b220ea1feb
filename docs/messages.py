"""Collects every sentence of errors and of preflight, and writes the table of all messages in both languages.

`python docs/messages.py catalogue` writes `packdesk/ui/catalogue.py`, from which the texts to be translated
are collected and stored sentences are recognised; `python docs/messages.py table` writes `docs/messages.md`.
`make translations` does both.
"""

from __future__ import annotations

import ast
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

from packdesk import errors
from packdesk.store.faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "packdesk" / "ui" / "catalogue.py"
TABLE = ROOT / "docs" / "messages.md"
GERMAN = ROOT / "assets" / "translations" / "packdesk_de.ts"

ERRORS = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.PackdeskError)
}
TERMINAL = ("app/", "assistant/", "batch/team/", "cli/", "serve/")
"""What these make is printed, never shown in a window."""
WINDOWS = {"app/window.py", "app/preferences.py", "app/ranging.py", "app/sharing.py"}
"""But what these make is."""

_HEAD = '''"""Every sentence of errors and of preflight a window may show; `make translations` writes this."""

# ruff: noqa: E501
# fmt: off
from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

SENTENCES: tuple[object, ...] = (
'''


def sentences() -> dict[str, list[str]]:
    """The templates a window may show, by the file that makes them; each once."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for path in sorted((ROOT / "packdesk").rglob("*.py")):
        where = path.relative_to(ROOT / "packdesk").as_posix()
        if where.startswith(TERMINAL) and where not in WINDOWS:
            continue
        texts = list(_templates(ast.parse(path.read_text("utf-8"))))
        if where == "store/faults.py":
            texts += [text for told in FAULTS.values() for text in told]
        new = [text for text in dict.fromkeys(texts) if text.strip() and text not in seen]
        seen.update(new)
        if new:
            found[where] = new
    return found


def _templates(tree: ast.Module) -> Iterator[str]:
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.Assign) and _is_remedy(node):
            assert isinstance(node.value, ast.Constant)
            yield node.value.value
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for argument in _told(node.func.id, node):
                yield from _literals(argument, constants)


def _is_remedy(node: ast.AnnAssign | ast.Assign) -> bool:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return isinstance(target, ast.Name) and target.id == "remedy" and isinstance(node.value, ast.Constant)


def _told(name: str, call: ast.Call) -> list[ast.expr]:
    """The arguments a user reads."""
    if name == "Sentence":
        return call.args[:1]
    named = [one.value for one in call.keywords if one.arg == "remedy"]
    if name in ERRORS:
        return [*call.args[:2], *named]
    return [*call.args[2:4], *named] if name == "Finding" else []


def _literals(node: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Name) and node.id in constants:
        yield constants[node.id]
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body, constants)
        yield from _literals(node.orelse, constants)


def catalogue_text() -> str:
    """The module that lists them."""
    lines = [_HEAD]
    for where, texts in sentences().items():
        lines.append(f"    # {where}\n")
        lines += [f'    QT_TRANSLATE_NOOP("sentences", {_quoted(text)}),\n' for text in texts]
    return "".join(lines) + ")\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def translations() -> dict[str, dict[str, str]]:
    """The German of every text of the window, by context; empty where there is none yet."""
    found: dict[str, dict[str, str]] = {}
    for context in ET.parse(GERMAN).getroot().iter("context"):  # noqa: S314  (a file of ours)
        texts = found.setdefault(context.findtext("name", ""), {})
        for message in context.iter("message"):
            texts[message.findtext("source", "")] = message.findtext("translation", "")
    return found


def table_text() -> str:
    """The table: sentences by the file that makes them, then the window's own words by where they stand."""
    german = translations()
    told = german.pop("sentences", {})
    parts = ["# Every message in both languages\n\nWritten by `make translations`; do not edit.\n"]
    for where, texts in sentences().items():
        parts.append(_section(where, {text: told.get(text, "") for text in texts}))
    parts.append("\n# Texts of the window\n")
    parts += [_section(context, texts) for context, texts in sorted(german.items())]
    return "".join(parts)


def _section(title: str, texts: dict[str, str]) -> str:
    rows = "".join(f"| {_cell(english)} | {_cell(german)} |\n" for english, german in texts.items())
    return f"\n## {title}\n\n| English | German |\n|---|---|\n{rows}"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split()).replace("<", "&lt;")


def main() -> None:
    """Write what is asked for."""
    if sys.argv[1:] == ["catalogue"]:
        CATALOGUE.write_text(catalogue_text(), "utf-8")
    elif sys.argv[1:] == ["table"]:
        TABLE.write_text(table_text(), "utf-8")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
