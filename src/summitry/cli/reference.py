"""The reference of commands as Markdown, from the commands themselves: ``python -m summitry.cli.reference > docs/cli.md``."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo, OptionInfo


def reference() -> str:
    """All commands with arguments, options, defaults and examples. A test holds ``docs/cli.md`` to it."""
    from summitry.cli import app

    parts = [
        "# Commands\n",
        "Made from the program by `python -m summitry.cli.reference > docs/cli.md`.\n",
        f"{app.info.epilog}\n",
    ]
    for command in app.registered_commands:
        if command.callback is not None:
            parts += _command(command.callback, command.epilog or "")
    return "\n".join(parts).rstrip() + "\n"


def _command(callback: Callable[..., Any], epilog: str) -> list[str]:
    hints = get_type_hints(callback, include_extras=True)
    usage, listed = [f"summitry {callback.__name__}", "[OPTIONS]"], []
    for name, parameter in inspect.signature(callback).parameters.items():
        if get_origin(hints[name]) is not Annotated:
            continue
        kind, info = get_args(hints[name])[:2]
        needed = parameter.default is inspect.Parameter.empty
        if isinstance(info, ArgumentInfo):
            shown = (info.metavar or name.upper()).strip("[]") + ("..." if get_origin(kind) is list else "")
            usage.append(shown if needed else f"[{shown}]")
            listed.append(f"- `{usage[-1]}`: {info.help}")
        elif isinstance(info, OptionInfo):
            # Inside Annotated the first name of an option stands where its default would.
            names = [n for n in (info.default, *(info.param_decls or ())) if isinstance(n, str)]
            flags = ", ".join(names or ["--" + name.replace("_", "-")])
            listed.append(f"- `{f'{flags} {_value(kind)}'.strip()}`: {_help(info, parameter.default)}")
    examples = [line.strip() for line in epilog.splitlines() if line.strip().startswith("summitry")]
    text = inspect.cleandoc(callback.__doc__ or "")
    head = [f"## summitry {callback.__name__}\n", f"    {' '.join(usage)}\n", f"{text}\n"]
    return [*head, *listed, "\nExamples:\n", *(f"    {line}" for line in examples), ""]


def _value(kind: Any) -> str:
    """What an option takes: its choices, or a word for its type; nothing for a flag."""
    if get_origin(kind) in (Union, UnionType):
        kind = next(k for k in get_args(kind) if k is not NoneType)
    if get_origin(kind) is list:
        kind = get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(choice.value) for choice in kind)
    return {bool: "", int: "NUMBER", Path: "PATH"}.get(kind, "TEXT")


def _help(info: OptionInfo, default: Any) -> str:
    told = [str(info.help or "")]
    if default not in (None, False, inspect.Parameter.empty):
        told.append(f"Default: `{getattr(default, 'value', default)}`.")
    if info.envvar:
        told.append(f"Environment: `{info.envvar}`.")
    return " ".join(told)


if __name__ == "__main__":
    print(reference(), end="")
