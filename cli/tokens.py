"""Makes, lists and revokes access tokens, and makes addresses that sign a browser in."""

from __future__ import annotations

import asyncio
import getpass
import re
import time
from datetime import UTC, datetime, timedelta
from unicodedata import normalize

import typer

from api.access.issued import Issued, IssuedTokens
from api.access.keys import TOKENS, derived_key, secret_key
from api.access.policy import INVESTIGATOR, ROLES, Actor, Role
from api.access.revocations import Revocations
from api.access.sign_in import SignIns
from api.access.tokens import issue_token, open_token
from cli.formats import Format, StatusFormat
from cli.rows import write
from cli.session import opened_graph
from cli.terminal import tell
from graph.errors import BadInput, Unauthenticated
from graph.settings import Settings, read_settings

LONGEST_DAYS = 3650
LONGEST_NAME = 200
LONGEST_AGENCY = 40
_ID = re.compile(r"[0-9a-f]{16}")
_AGENCY = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_COLUMNS = ("id", "name", "role", "agency", "issued", "expires", "revoked")


def print_token(*, name: str, days: float, role: str, agency: str) -> None:
    """Print a token for somebody with that name, role and agency, and nothing else."""
    if role not in ROLES:
        raise BadInput(f"there is no role {role!r}; the roles are {' and '.join(sorted(ROLES))}")
    if not 0 < days <= LONGEST_DAYS:
        raise BadInput(f"the days must be more than 0 and at most {LONGEST_DAYS}")
    actor = Actor(checked_name(name), ROLES[role], checked_agency(agency))
    typer.echo(token_for(read_settings(), actor, timedelta(days=days)))


def list_tokens(format_: StatusFormat) -> None:
    """Print the tokens that were made with this data folder and have not expired."""
    settings = read_settings()
    revoked = Revocations(settings.data_dir)
    revoked.refresh()
    rows = [_row(one, revoked=one.id in revoked) for one in IssuedTokens(settings.data_dir).all()]
    write(Format(format_), "Tokens", _COLUMNS, rows)


def revoke_token(given: str) -> None:
    """Revoke a token everywhere, given its id or the token itself."""
    settings = read_settings()
    id_, expires = _identified(settings, given.strip())
    revocations = Revocations(settings.data_dir)
    revocations.revoke(id_, expires)
    if settings.neo4j_uri:
        asyncio.run(_share(settings, revocations))
    tell(f"The token {id_} is revoked; within a few seconds it is refused everywhere.")


def make_token(settings: Settings, *, name: str, lifetime: timedelta, role: Role = INVESTIGATOR) -> str:
    """Return a token for someone of that name and role, of no agency; as `token_for` does."""
    return token_for(settings, Actor(name, role), lifetime)


def token_for(settings: Settings, actor: Actor, lifetime: timedelta) -> str:
    """Return a token that the API of these settings accepts, and note that it was made."""
    key = derived_key(secret_key(settings), TOKENS)
    token = issue_token(key, actor, lifetime)
    try:
        IssuedTokens(settings.data_dir).note(open_token(key, token))
    except OSError as error:
        tell(f"The token cannot be noted in {settings.data_dir} ({error.strerror}); keep it to be able to revoke it.")
    return token


def sign_in_address(settings: Settings, url: str, *, name: str | None = None, agency: str = "") -> str:
    """Return an address below the URL that signs a browser in once and expires soon; raises `BadInput`.

    Reviews made there are stored under `name`, by default the name of the user who runs this.
    """
    actor = Actor(checked_name(own_name() if name is None else name), INVESTIGATOR, checked_agency(agency))
    return f"{url}/sign-in?token={SignIns(settings.data_dir).issue(actor)}"


def own_name() -> str:
    """Return the operating system's name for whoever runs this."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "playground"


def checked_name(name: str) -> str:
    """Return the name under which somebody's reviews are stored; raises `BadInput` when it is not a usable name."""
    name = normalize("NFC", name).strip()
    if not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
        raise BadInput(f"the name is empty, too long or not plain text; give one of at most {LONGEST_NAME} characters")
    return name


def checked_agency(code: str) -> str:
    """Return the code of an agency, or the empty text for none; raises `BadInput` when it cannot be a code.

    Whether the graph has such an agency is not asked, since no database needs to run.
    """
    if code and (len(code) > LONGEST_AGENCY or not _AGENCY.fullmatch(code)):
        raise BadInput(
            "the agency must be a code of capital letters and digits, joined by hyphens, such as ORR or EOIR-HOU"
        )
    return code


def _identified(settings: Settings, given: str) -> tuple[str, float]:
    """Return a token's id and when it expires; if it was not noted here, the latest time at which it can expire."""
    if _ID.fullmatch(given):
        known = {one.id: one.expires for one in IssuedTokens(settings.data_dir).all()}
        return given, known.get(given, time.time() + timedelta(days=LONGEST_DAYS).total_seconds())
    try:
        grant = open_token(derived_key(secret_key(settings), TOKENS), given)
    except Unauthenticated:
        raise BadInput(
            "this is neither a token's id nor a token of this installation; `sightline token list` shows the ids"
        ) from None
    return grant.id, grant.expires


async def _share(settings: Settings, revocations: Revocations) -> None:
    async with opened_graph(settings) as opened:
        await revocations.share(opened.store)


def _row(token: Issued, *, revoked: bool) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name,
        "role": token.role,
        "agency": token.agency,
        "issued": _moment(token.issued),
        "expires": _moment(token.expires),
        "revoked": revoked,
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
