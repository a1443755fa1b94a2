"""How help is made: groups that show theirs when called alone, and examples at the end of every text."""

from __future__ import annotations

import typer


def command_group(doc: str) -> typer.Typer:
    """Return a group of commands; called without a command, it shows its help."""
    group = typer.Typer(
        help=doc,
        add_completion=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    group.callback(invoke_without_command=True)(_help_when_alone)
    return group


def examples(*lines: str) -> str:
    """Return the end of a help text: command lines that work as they stand."""
    escaped = (line.replace("[", r"\[") for line in lines)
    return "\n".join(["[dim]Examples:[/dim]", *(f"  {line}" for line in escaped)])


def _help_when_alone(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        context.get_help()
