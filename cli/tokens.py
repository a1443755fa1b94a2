"""Access tokens from the command line."""

from __future__ import annotations

from datetime import timedelta

import typer

from api.keys import TOKENS, derived_key, secret_key
from api.policy import INVESTIGATOR, ROLES, Actor, Role
from api.sign_in import SignIns
from api.tokens import issue_token
from graph.errors import BadInput
from graph.settings import Settings, read_settings

LONGEST_DAYS = 3650


def print_token(*, name: str, days: float, role: str) -> None:
    """Print a token for someone of that name and role, and nothing else."""
    if role not in ROLES:
        raise BadInput(f"there is no role {role!r}; the roles are {' and '.join(sorted(ROLES))}")
    if not 0 < days <= LONGEST_DAYS:
        raise BadInput(f"the days must be more than 0 and at most {LONGEST_DAYS}")
    typer.echo(make_token(read_settings(), name=name, lifetime=timedelta(days=days), role=ROLES[role]))


def make_token(settings: Settings, *, name: str, lifetime: timedelta, role: Role = INVESTIGATOR) -> str:
    """Return a token that the API of these settings accepts."""
    key = derived_key(secret_key(settings), TOKENS)
    return issue_token(key, Actor(name, role), lifetime)


def sign_in_address(settings: Settings, url: str) -> str:
    """Return an address below the URL that signs a browser in once, soon; raises `BadInput`."""
    return f"{url}/sign-in?token={SignIns(settings.data_dir).issue(Actor('playground', INVESTIGATOR))}"
