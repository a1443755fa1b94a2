"""Settings, read once from the environment."""

from __future__ import annotations

from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import BadInput
from graph.memory import default_heap, default_page_cache


class LogFormat(StrEnum):
    """The format of the log's lines."""

    TEXT = "text"
    JSON = "json"


class Settings(BaseSettings):
    """Everything that can be configured; each field's alias is the name of its environment variable."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, env_ignore_empty=True)

    neo4j_uri: str | None = Field(
        None, alias="NEO4J_URI", description="Bolt address of a Neo4j server; unset starts one of our own"
    )
    neo4j_username: str = Field("neo4j", alias="NEO4J_USERNAME", description="User at that server")
    neo4j_password: SecretStr = Field(SecretStr(""), alias="NEO4J_PASSWORD", description="Password at that server")
    neo4j_password_file: Path | None = Field(
        None, alias="NEO4J_PASSWORD_FILE", description="File with that password, instead"
    )
    neo4j_auth_file: Path | None = Field(
        None,
        alias="NEO4J_AUTH_FILE",
        description="File with user/password, as Neo4j's own container reads it, instead of both",
    )
    neo4j_database: str = Field("neo4j", alias="NEO4J_DATABASE", description="Database at that server")
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("sightline", appauthor=False),
        alias="SIGHTLINE_DATA_DIR",
        description="Folder of the embedded database and the secret key",
    )
    cache_dir: Path = Field(
        default_factory=lambda: user_cache_path("sightline", appauthor=False),
        alias="SIGHTLINE_CACHE_DIR",
        description="Folder of what the embedded database downloads, shared by all data folders",
    )
    host: str = Field("127.0.0.1", alias="SIGHTLINE_HOST", description="Address to listen on")
    port: int = Field(8000, alias="SIGHTLINE_PORT", ge=0, le=65535, description="Port to listen on")
    workers: int = Field(
        1, alias="SIGHTLINE_WORKERS", ge=1, le=64, description="Processes that answer requests on the one port"
    )
    queries: Path | None = Field(
        None, alias="SIGHTLINE_QUERIES", description="Folder of your own questions, added to the library"
    )
    thresholds: Path | None = Field(
        None, alias="SIGHTLINE_THRESHOLDS", description="TOML file of thresholds and weights, instead of the defaults"
    )
    trusted_proxies: str = Field(
        "",
        alias="SIGHTLINE_TRUSTED_PROXIES",
        description="Addresses or networks of proxies whose X-Forwarded-Proto and X-Forwarded-For count, with commas",
    )
    secret_key: SecretStr | None = Field(
        None,
        alias="SIGHTLINE_SECRET_KEY",
        description="Key for tokens and cursors, at least 32 random characters; share it between machines",
    )
    secret_key_file: Path | None = Field(
        None, alias="SIGHTLINE_SECRET_KEY_FILE", description="File with that key, instead"
    )
    log_format: LogFormat = Field(
        LogFormat.TEXT,
        alias="SIGHTLINE_LOG_FORMAT",
        description="How lines of the log are written: text, or json (and then no greeting, which has tokens)",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning",
        alias="SIGHTLINE_LOG_LEVEL",
        description="Least level that is logged: debug, info (one line a request), warning or error",
    )
    otlp_endpoint: str | None = Field(
        None,
        alias="SIGHTLINE_OTLP_ENDPOINT",
        pattern=r"^https?://",
        description="Address that traces are sent to by OTLP over HTTP",
    )
    statement_timeout: float = Field(
        30.0,
        alias="SIGHTLINE_STATEMENT_TIMEOUT",
        gt=0,
        le=3600,
        description="Deadline of a statement, in seconds",
    )
    max_statements: int = Field(
        4,
        alias="SIGHTLINE_MAX_STATEMENTS",
        ge=1,
        description="Operations of one token that a worker runs at once; more wait up to 2 s and are then refused",
    )
    max_page_size: int = Field(
        100, alias="SIGHTLINE_MAX_PAGE_SIZE", ge=1, description="Largest first or last of a connection"
    )
    max_cost: int = Field(
        500_000,
        alias="SIGHTLINE_MAX_COST",
        ge=1,
        description="Largest product of page sizes that an operation may ask for",
    )
    heap: str = Field(
        default_factory=default_heap,
        alias="SIGHTLINE_HEAP",
        pattern=r"^\d+[mg]$",
        description="Heap of the embedded database; by default an eighth of the memory, from 1g to 4g",
    )
    page_cache: str = Field(
        default_factory=default_page_cache,
        alias="SIGHTLINE_PAGE_CACHE",
        pattern=r"^\d+[mg]$",
        description="Page cache of the embedded database; by default an eighth of the memory, from 512m to 16g",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, text: str) -> str:
        try:
            for part in filter(None, map(str.strip, text.split(","))):
                ip_network(part, strict=False)
        except ValueError:
            raise PydanticCustomError(
                "proxies", "give addresses or networks, such as 10.0.0.0/8, with commas"
            ) from None
        return text

    @property
    def proxies(self) -> tuple[str, ...]:
        """The trusted proxies, one by one."""
        return tuple(filter(None, map(str.strip, self.trusted_proxies.split(","))))


def read_settings(**values: object) -> Settings:
    """Read the settings; keyword values override the environment.

    Raises `BadInput`, which names the variable, when a value cannot be used.
    """
    try:
        return _with_secrets(Settings(**values))  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "a setting"
        field = Settings.model_fields.get(name)
        raise BadInput(f"{(field and field.alias) or name} cannot be used: {first['msg'].lower()}") from None


def _with_secrets(settings: Settings) -> Settings:
    """Return the settings with secrets read from the files that name them."""
    found: dict[str, object] = {}
    if settings.secret_key_file is not None:
        _only_one("SIGHTLINE_SECRET_KEY_FILE", "SIGHTLINE_SECRET_KEY", given=settings.secret_key is not None)
        found["secret_key"] = SecretStr(_secret("SIGHTLINE_SECRET_KEY_FILE", settings.secret_key_file))
    given = bool(settings.neo4j_password.get_secret_value())
    if settings.neo4j_password_file is not None:
        _only_one("NEO4J_PASSWORD_FILE", "NEO4J_PASSWORD", given=given)
        given = True
        found["neo4j_password"] = SecretStr(_secret("NEO4J_PASSWORD_FILE", settings.neo4j_password_file))
    if settings.neo4j_auth_file is not None:
        _only_one("NEO4J_AUTH_FILE", "NEO4J_PASSWORD or NEO4J_PASSWORD_FILE", given=given)
        user, slash, password = _secret("NEO4J_AUTH_FILE", settings.neo4j_auth_file).partition("/")
        if not (user and slash and password):
            raise BadInput("NEO4J_AUTH_FILE cannot be used: the file must hold one line, user/password")
        found |= {"neo4j_username": user, "neo4j_password": SecretStr(password)}
    return settings.model_copy(update=found)


def _only_one(file: str, other: str, *, given: bool) -> None:
    if given:
        raise BadInput(f"{file} cannot be used beside {other}: give one of them")


def _secret(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise BadInput(f"{name} cannot be used: {path} cannot be read ({reason})") from error
