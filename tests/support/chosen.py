"""Numbers and switches that somebody chose: constants of modules, defaults of fields and of arguments.

Nothing else would notice a slip of a key in a limit, a physical constant or a default. Whoever means it runs
`make record`.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import BaseModel

from support.recorded import assert_recorded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


def assert_as_chosen(room: str) -> None:
    """Fail when a number of a room is another one than was kept."""
    package = importlib.import_module(f"packdesk.{room}")
    for found in pkgutil.walk_packages(package.__path__, f"packdesk.{room}."):
        module = importlib.import_module(found.name)
        chosen = {name: value for name, value in sorted(_chosen(module)) if value is not None}
        if chosen:
            assert_recorded(f"chosen {found.name.removeprefix('packdesk.')}", chosen)


def _chosen(module: ModuleType) -> Iterator[tuple[str, object]]:
    for name, value in _assigned(module):
        yield name, _numbers(value)
    for name, value in list(vars(module).items()):
        if getattr(value, "__module__", None) != module.__name__:
            continue
        if inspect.isclass(value) and not issubclass(value, Enum):
            yield name, _of_class(value)
            for member, one in list(vars(value).items()):
                yield from _of_function(f"{name}.{member}", one)
        else:
            yield from _of_function(name, value)


def _assigned(module: ModuleType) -> Iterator[tuple[str, object]]:
    """What stands in the module itself, not what it imports."""
    for node in ast.parse(inspect.getsource(module)).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for name in (
            one.id for target in targets if target for one in ast.walk(target) if isinstance(one, ast.Name)
        ):
            yield name, getattr(module, name, None)


def _of_class(cls: type) -> object:
    """Its defaults, and what says how it takes values."""
    if issubclass(cls, BaseModel):
        fields = {name: _numbers(field.get_default()) for name, field in cls.model_fields.items()}
        limits = {
            name: [repr(one) for one in field.metadata if " at 0x" not in repr(one)]
            for name, field in cls.model_fields.items()
        }
        return [fields, limits, repr(sorted(cls.model_config.items(), key=lambda item: item[0]))]
    told = {name: _numbers(value) for name, value in vars(cls).items() if not name.startswith("__")}
    told |= {"defaults": _numbers(getattr(cls, "_field_defaults", None))}
    told |= {"dataclass": repr(getattr(cls, "__dataclass_params__", None))}
    return {name: value for name, value in told.items() if value is not None}


def _of_function(name: str, value: object) -> Iterator[tuple[str, object]]:
    function = getattr(value, "__func__", getattr(value, "fget", value))
    if inspect.isfunction(function):
        for parameter in inspect.signature(function).parameters.values():
            if parameter.default is not parameter.empty:
                yield f"{name}({parameter.name})", _numbers(parameter.default)


def _numbers(value: Any) -> object:
    """The numbers and switches in a value; None where there are none."""
    if isinstance(value, bool | int | float | np.ndarray) and not isinstance(value, Enum):
        return value
    if isinstance(value, dict):
        found = {str(key): _numbers(one) for key, one in value.items()}
        numbered = sorted(key for key in value if isinstance(key, int | float))
        return [found, numbered] if numbered or any(one is not None for one in found.values()) else None
    if isinstance(value, tuple | list):
        inner = [_numbers(one) for one in value]
        return inner if any(one is not None for one in inner) else None
    if isinstance(value, set | frozenset) and all(isinstance(one, int | float) for one in value):
        return sorted(value) or None
    return None
