"""What --help prints, and what is wrong with a command line, in the words of the catalogue.

Each command, argument and option names a message where Typer takes its help. The words take its place when Typer makes
the commands, which is when the command line runs. Rich draws none of it: it loads slowly, and cuts Japanese off.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NoReturn

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from orgtools.cli.widths import GAP, cells, folded
from orgtools.messages import Message, free, plain, sentences, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDTH: Final = 100
_NAMES: Final = 30
"""Cells of a line at most, and of the names in a list."""
_TYPES: Final = {"int": "help-integer", "float": "help-number", "path": "help-path", "str": "help-text"}
"""What a value is, by Typer's name of its type; of an option that can be repeated, each value."""
_TYPERS_OWN: Final = {"install_completion": "help-install-completion", "show_completion": "help-show-completion"}
"""Options that Typer adds to the first command, by their names."""


class _Spoken:
    """What a command and a group of commands have in common; it stands beside a class of Typer's."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help, with a help of its own."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = plain("help-help")
        return option

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        """The line that says how the command is called."""
        called = " ".join([plain("help-usage"), ctx.command_path, *self.collect_usage_pieces(ctx)])
        formatter.write(f"{folded(called, _width(), rest=GAP)}\n")

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        """All of it: how it is called, what it does, what it takes."""
        self.format_usage(ctx, formatter)
        for paragraph in _paragraphs(self.help):
            formatter.write(f"\n{folded(paragraph, _width())}\n")
        shown = [one for one in self.get_params(ctx) if not one.hidden]
        arguments = [_line(one, ctx) for one in shown if isinstance(one, TyperArgument)]
        options = [_line(one, ctx) for one in shown if not isinstance(one, TyperArgument)]
        commands = [
            (name, paragraph)
            for name, command in getattr(self, "commands", {}).items()
            for paragraph in _paragraphs(command.help)[:1]
            if not command.hidden
        ]
        for title, lines in (("help-arguments", arguments), ("help-options", options), ("help-commands", commands)):
            if lines:
                formatter.write(f"\n{typer.style(plain(title), bold=True)}\n")
                formatter.write("".join(f"{line}\n" for line in _listed(lines)))


class Command(_Spoken, TyperCommand):
    """A command whose help, and that of its parameters, is in the catalogue."""

    allow_extra_args = True

    def __init__(self, name: str | None, **attributes: Any) -> None:
        """As Typer makes it; ``help`` is a message's code, and so is that of each parameter."""
        super().__init__(name, **attributes | _translated(attributes))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As Typer does; what is left over is named in words of ours."""
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            _refuse(Message("cli-arguments-unexpected", names=left), ctx)
        return left


class Commands(_Spoken, TyperGroup):
    """Several commands whose help is in the catalogue, and what is wrong with what was typed after them."""

    def __init__(self, **attributes: Any) -> None:
        """As Typer makes it."""
        super().__init__(**attributes | _translated(attributes) | {"subcommand_metavar": plain("help-command-place")})

    def make_context(self, *given: Any, **more: Any) -> Any:
        """What was typed, as far as it is these commands' own."""
        with _in_words():
            return super().make_context(*given, **more)

    def invoke(self, ctx: Any) -> Any:
        """The command that was typed."""
        with _in_words():
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that has this name, or those whose names are similar."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            near = get_close_matches(name, self.commands)
            if near:
                _refuse(Message("cli-no-such-command-but", given=name, names=near), ctx)
            _refuse(Message("cli-no-such-command", given=name), ctx)
        return super().resolve_command(ctx, args)


def _translated(attributes: dict[str, Any]) -> dict[str, str]:
    for parameter in attributes.get("params") or ():
        parameter.help = plain(parameter.help) if parameter.help else ""
        if isinstance(parameter, TyperArgument):
            parameter.metavar = plain(f"help-argument-{parameter.name}")
    code = attributes.get("help")
    return {"options_metavar": plain("help-options-place")} | ({"help": plain(code)} if code else {})


def _width() -> int:
    return min(shutil.get_terminal_size().columns, _WIDTH)


def _paragraphs(text: str | None) -> list[str]:
    """Each on a line of its own."""
    return [" ".join(paragraph.split()) for paragraph in (text or "").split("\n\n") if paragraph]


def _line(parameter: Any, ctx: Any) -> tuple[str, str]:
    """What a parameter is called, and what it means."""
    named = " / ".join(filter(None, (_name(parameter), ", ".join(parameter.secondary_opts))))
    said = [plain(_TYPERS_OWN[parameter.name]) if parameter.name in _TYPERS_OWN else parameter.help or ""]
    if parameter.type_descriptor.is_choice:
        said.append(plain("help-one-of").replace("VALUE", _takes(parameter, ctx)))
    elif not isinstance(parameter, TyperArgument) and not parameter.is_flag:
        named += f" {_takes(parameter, ctx)}"
    if parameter.required:
        said.append(plain("help-required"))
    default = parameter.get_default(ctx, call=False)
    if default is True:
        default = parameter.opts[0]
    if default not in (None, "", ()) and default is not False:
        shown = default.value if isinstance(default, Enum) else default
        said.append(plain("help-default").replace("VALUE", str(shown)))
    return named, sentences(said)


def _takes(parameter: Any, ctx: Any) -> str:
    """Which values a parameter takes: some, or all of a type."""
    kind = parameter.display_type(ctx).strip("<>")
    if parameter.type_descriptor.is_choice:
        return ", ".join(kind.split("|"))
    return f"<{plain(_TYPES[kind.removeprefix('list[').removesuffix(']').removesuffix(' range')])}>"


def _name(parameter: Any) -> str:
    """What an option is called, in every language the same, or what stands for an argument."""
    return str(parameter.metavar) if isinstance(parameter, TyperArgument) else ", ".join(parameter.opts)


def _listed(lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Names, and beside them what they mean; a long name stands above it."""
    told_of = list(lines)
    widest = max((cells(name) for name, _ in told_of if cells(name) <= _NAMES), default=0)
    rest = " " * (widest + 2 * len(GAP))
    for name, text in told_of:
        first = f"{GAP}{name}{' ' * (widest - cells(name))}{GAP}"
        if cells(name) > widest:
            yield f"{GAP}{name}"
            first = rest
        yield folded(text, _width(), first=first, rest=rest)


class _RefusedError(typer.BadParameter):
    """A command line that cannot be meant."""

    def show(self, file: Any = None) -> None:
        """How the command is called, what is wrong, and where to read more."""
        if self.ctx is not None:
            typer.echo(self.ctx.get_usage(), file=file, err=True)
        typer.echo(f"orgtools: {self.message}", file=file, err=True)
        if self.ctx is not None:
            help_ = Message("cli-try-help", given=f"{self.ctx.command_path} {self.ctx.help_option_names[0]}")
            typer.echo(str(help_), file=file, err=True)


def _refuse(wrong: Message, ctx: Any) -> NoReturn:
    raise _RefusedError(told(wrong), ctx=ctx)


@contextmanager
def _in_words() -> Iterator[None]:
    """What Typer finds wrong with a command line, in words of the catalogue."""
    try:
        yield
    except _RefusedError:
        raise
    except typer.TyperException as error:
        wrong = _wrong(error)
        if wrong is None:
            raise
        _refuse(wrong, getattr(error, "ctx", None))


def _wrong(error: Any) -> Message | None:
    """By the name of the error's class: Typer keeps the classes to itself."""
    match type(error).__name__:
        case "NoSuchOption" if error.possibilities:
            return Message("cli-no-such-option-but", given=error.option_name, names=sorted(error.possibilities))
        case "NoSuchOption":
            return Message("cli-no-such-option", given=error.option_name)
        case "BadOptionUsage":
            return Message("cli-option-misused", given=error.option_name)
        case "MissingParameter":
            return Message("cli-parameter-missing", key=_name(error.param), given=_takes(error.param, error.ctx))
        case "BadParameter" if error.param is not None:
            return Message("cli-parameter-wrong", key=_name(error.param), given=_takes(error.param, error.ctx))
        case "BadParameter":
            return free(error.message)
        case _:
            return None
