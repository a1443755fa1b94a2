"""What a developer gets beside the code: hooks, a container, templates for issues and changes, and a dated version."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.pages import HISTORY, ROOT

FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
MAKE = re.compile(r"^make [a-z-]+$", re.MULTILINE)


def version() -> str:
    """Return the version that pyproject.toml has."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert isinstance(found, str)
    return found


def read_yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text())


def test_hooks_run_what_ci_runs() -> None:
    repositories = read_yaml(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [one["repo"] for one in repositories] == ["local"]
    assert [hook["entry"] for hook in repositories[0]["hooks"]] == MAKE.findall((ROOT / ".ci" / "run").read_text())


def test_the_development_container_is_made_of_what_is_here() -> None:
    folder = ROOT / ".devcontainer"
    settings = json.loads((folder / "devcontainer.json").read_text())
    assert (folder / settings["build"]["dockerfile"]).exists()
    assert settings["postCreateCommand"] in MAKE.findall((ROOT / ".ci" / "run").read_text())
    assert re.search(rf"useradd .* {settings['remoteUser']}\n", (folder / "Dockerfile").read_text())


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_warns_of_real_data_first_and_asks_last(path: Path) -> None:
    first, *_, last = read_yaml(path)["body"]
    assert "Never paste data about real children" in first["attributes"]["value"]
    assert last["attributes"]["options"] == [{"label": "Nothing here is about a real person.", "required": True}]


def test_changes_are_warned_of_real_data() -> None:
    assert "Never put data about real children" in (ROOT / ".github" / "pull_request_template.md").read_text()


def test_the_version_has_a_dated_section_in_the_changelog() -> None:
    sections = re.findall(r"^## \[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?$", HISTORY.read_text(), re.MULTILINE)
    dated = {number for number, day in sections if day}
    assert version() in dated
    assert next(number for number, _ in sections if number != "Unreleased") == version()
