"""Table of module and function sizes, in lines."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

PACKAGE = Path(__file__).resolve().parent.parent / "packdesk"


def main() -> None:
    modules: dict[str, int] = {}
    functions: dict[str, int] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = str(path.relative_to(PACKAGE))
        text = path.read_text("utf-8")
        modules[name] = len(text.splitlines())
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions[f"{name}:{node.name}"] = (node.end_lineno or 0) - node.lineno + 1
    print(f"{'':<10} {'count':>6} {'median':>7} {'largest':>8}")
    for kind, sizes in (("modules", modules), ("functions", functions)):
        largest = max(sizes, key=lambda key: sizes[key])
        print(f"{kind:<10} {len(sizes):>6} {median(sizes.values()):>7} {sizes[largest]:>8}  {largest}")
    print(f"{sum(modules.values()):,} lines")


if __name__ == "__main__":
    main()
