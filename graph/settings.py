"""Settings, read once from the environment."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import BadInput


class Settings(BaseSettings):
    """Everything that can be set from outside; each field is the environment variable of its alias."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    neo4j_uri: str | None = Field(
        None, alias="NEO4J_URI", description="Bolt address of a Neo4j server; unset starts one of our own"
    )
    neo4j_username: str = Field("neo4j", alias="NEO4J_USERNAME", description="User at that server")
    neo4j_password: SecretStr = Field(SecretStr(""), alias="NEO4J_PASSWORD", description="Password at that server")
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
    queries: Path | None = Field(
        None, alias="SIGHTLINE_QUERIES", description="Folder of your own questions, added to the library"
    )
    secret_key: SecretStr | None = Field(
        None,
        alias="SIGHTLINE_SECRET_KEY",
        description="Key for tokens and cursors, at least 32 characters; share it between machines",
    )
    statement_timeout: float = Field(
        30.0,
        alias="SIGHTLINE_STATEMENT_TIMEOUT",
        gt=0,
        le=3600,
        description="Deadline of a statement, in seconds",
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
    heap: str = Field("1g", alias="SIGHTLINE_HEAP", pattern=r"^\d+[mg]$", description="Heap of the embedded database")
    page_cache: str = Field(
        "512m",
        alias="SIGHTLINE_PAGE_CACHE",
        pattern=r"^\d+[mg]$",
        description="Page cache of the embedded database",
    )


def read_settings(**values: object) -> Settings:
    """Read the settings; keyword values win over the environment.

    Raises `BadInput`, naming the variable, when a value cannot be used.
    """
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "a setting"
        field = Settings.model_fields.get(name)
        raise BadInput(f"{(field and field.alias) or name} cannot be used: {first['msg'].lower()}") from None
