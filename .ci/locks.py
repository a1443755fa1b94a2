"""The locked dependencies: written from pyproject.toml by uv, and checked against it without a network.

`python .ci/locks.py` writes both files, keeping the versions that they pin already; `--upgrade` takes the newest.
`--check` fails when what pyproject.toml asks for is no longer what a file was made from.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKS = {
    "requirements.lock": (("build",), ()),
    "requirements-container.lock": (("build",), ("traces",)),
    "requirements-dev.lock": (("build", "dev"), ("traces",)),
}
"""Each file, and the dependency groups and extras that it has beside the application's own dependencies."""


def header(groups: tuple[str, ...], extras: tuple[str, ...]) -> str:
    """Return the first lines of a lock: how it is made, and the digest of what it was made from."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    asked = [
        project["build-system"]["requires"],
        project["project"]["requires-python"],
        project["project"]["dependencies"],
        *(project["dependency-groups"][group] for group in groups),
        *(project["project"]["optional-dependencies"][extra] for extra in extras),
    ]
    digest = hashlib.sha256(json.dumps(asked).encode()).hexdigest()
    return f"# Made by `make lock` from pyproject.toml; do not edit.\n# dependencies: sha256:{digest}\n"


def write(path: Path, groups: tuple[str, ...], extras: tuple[str, ...], *, upgrade: bool) -> None:
    """Write one lock for every platform and Python version that the project supports, with hashes."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
    command = [uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--generate-hashes", "--no-header"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--output-file", path.name]
    command += [part for group in groups for part in ("--group", group)]
    command += [part for extra in extras for part in ("--extra", extra)]
    command += ["--upgrade"] if upgrade else []
    subprocess.run(command, cwd=ROOT, check=True)
    path.write_text(header(groups, extras) + path.read_text())


def main() -> None:
    """Write the locks, or check them."""
    parser = argparse.ArgumentParser(prog=".ci/locks.py", description="Lock the dependencies.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a lock is out of date")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    given = parser.parse_args()
    for name, (groups, extras) in LOCKS.items():
        path = ROOT / name
        if not given.check:
            write(path, groups, extras, upgrade=given.upgrade)
        elif not path.is_file() or not path.read_text().startswith(header(groups, extras)):
            sys.exit(f"{name} is out of date; run `make lock` and commit it")


if __name__ == "__main__":
    main()
