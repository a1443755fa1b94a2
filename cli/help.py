"""How help is made: groups show their help when called without a command, and help texts end with examples."""

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
    group.callback(invoke_without_command=True)(help_when_alone)
    return group


def examples(*lines: str) -> str:
    """Return the end of a help text: command lines that work as shown."""
    escaped = (line.replace("[", r"\[") for line in lines)
    return "\n".join(["[dim]Examples:[/dim]", *(f"  {line}" for line in escaped)])


def help_when_alone(context: typer.Context) -> None:
    """Show a group's help when none of its commands follows."""
    if context.invoked_subcommand is None:
        context.get_help()
