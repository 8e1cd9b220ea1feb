"""How the code is built, in numbers: modules, functions, imports, and who uses whom.

    python benchmarks/house.py [TREE ...]

A tree is a folder or a git revision; without one, the checkout. `house.py e21845e .` puts two beside each
other. Types count as imports, too.
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
REACH = r"\b_?session\.[a-z_]+\.[a-z_]+\.(?!connect|disconnect)[a-z_]+"
ROOMS = ("ui", "jobs", "services", "viewer")
Function = ast.FunctionDef | ast.AsyncFunctionDef


class House:
    """The modules of one tree: their texts, their syntax, and what each imports of the others."""

    def __init__(self, package: Path) -> None:
        self.texts = {
            name_of(path.relative_to(package.parent)): path.read_text("utf-8")
            for path in sorted(package.rglob("*.py"))
        }
        self.trees = {name: ast.parse(text) for name, text in self.texts.items()}
        self.imports = {name: set(self._imported(tree)) - {name} for name, tree in self.trees.items()}

    def _imported(self, tree: ast.Module) -> Iterator[str]:
        """Modules of this tree, wherever in the module they are imported, for types too."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (one.name for one in node.names if one.name in self.texts)
            elif isinstance(node, ast.ImportFrom):
                full = (f"{node.module}.{one.name}" for one in node.names)
                yield from (name if name in self.texts else node.module or "" for name in full)

    def functions(self) -> dict[str, int]:
        """Lines of every function, by module and name."""
        return {
            f"{name}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
            for name, tree in self.trees.items()
            for node in ast.walk(tree)
            if isinstance(node, Function)
        }

    def arrows(self, room: str) -> int:
        """Imports of modules of a room by others of the same room."""
        inside = {name for name in self.texts if name.startswith(f"packdesk.{room}.")}
        return sum(len(self.imports[name] & inside) for name in inside)

    def used_by_one(self) -> int:
        """Modules that exactly one other imports."""
        users = Counter(used for names in self.imports.values() for used in names)
        return sum(users[name] == 1 for name in self.texts)

    def called_once(self) -> tuple[int, int]:
        """Private functions named once in their module, and all private functions."""
        named = [(node.name, names_in(tree)) for tree in self.trees.values() for node in private(tree)]
        return sum(names[name] == 1 for name, names in named), len(named)

    def count(self, room: str, pattern: str) -> int:
        """How often a pattern stands in the modules of a room."""
        inside = (text for name, text in self.texts.items() if name.startswith(f"packdesk.{room}"))
        return sum(len(re.findall(pattern, text)) for text in inside)


def name_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def private(tree: ast.Module) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.name.startswith("_") and not node.name.startswith("__"):
            yield node


def names_in(tree: ast.Module) -> Counter[str]:
    """How often each name is read."""
    loads = (node for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute))
    return Counter(node.id if isinstance(node, ast.Name) else node.attr for node in loads)


def rows(house: House) -> dict[str, object]:
    lines = {name: len(text.splitlines()) for name, text in house.texts.items()}
    functions = house.functions()
    once, private_ones = house.called_once()
    return {
        "modules": len(lines),
        "lines": f"{sum(lines.values()):,}",
        "median module, lines": median(lines.values()),
        "longest module": longest(lines),
        "modules over 300 lines": sum(count > 300 for count in lines.values()),
        "functions": len(functions),
        "median function, lines": median(functions.values()),
        "longest function": longest(functions),
        "functions over 40 lines": sum(count > 40 for count in functions.values()),
        **{f"imports inside {room}": house.arrows(room) for room in ROOMS},
        "modules used by one other": house.used_by_one(),
        "private functions named once": f"{once} of {private_ones}",
        "self.parent() in ui and app": house.count("ui", r"self\.parent\(\)")
        + house.count("app", r"self\.parent\(\)"),
        "session.x.y.z in ui and app": house.count("ui", REACH) + house.count("app", REACH),
        "_on_ methods in jobs": house.count("jobs", r"def _on_"),
    }


def longest(sizes: dict[str, int]) -> str:
    name = max(sizes, key=lambda key: sizes[key])
    return f"{sizes[name]} {re.sub(r':[0-9]+ ', ':', name).removeprefix('packdesk.')}"


def read(tree: str) -> House:
    """From a folder, seen from here or from the checkout, or from what git keeps under a revision."""
    for folder in (Path(tree), ROOT / tree):
        if (folder / "packdesk").is_dir():
            return House((folder / "packdesk").resolve())
    if (ROOT / tree).exists():
        raise SystemExit(f"There is no packdesk in the folder {tree}")
    words = ["git", "-C", str(ROOT), "archive", tree, "packdesk"]
    packed = subprocess.run(words, check=True, capture_output=True).stdout
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
        return House(Path(folder, "packdesk"))


def main() -> None:
    trees = sys.argv[1:] or [str(ROOT)]
    found = [rows(read(tree)) for tree in trees]
    table(["", *trees], [[name, *(one[name] for one in found)] for name in found[0]])


if __name__ == "__main__":
    main()
