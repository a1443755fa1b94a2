"""The query library: every question of the built-in folder and of the folders that a user adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.errors import BadInput, NotFound, QueryFileError
from graph.model import MODEL, Model
from queries.check import check_body
from queries.declare import make_question
from queries.header import split_header
from queries.names import did_you_mean
from queries.question import Question

BUILT_IN = Path(__file__).parent
SUFFIX = ".cypher"


class QueryLibrary:
    """Questions by name, in the order of their folders and paths; each is checked against the model."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions: dict[str, Question] = {}
        for question in questions:
            other = self._questions.setdefault(question.name, question)
            if other is not question:
                raise QueryFileError(
                    f"{question.path}:1: the name {question.name} is taken by {other.path}; choose another name"
                )

    @classmethod
    def load(cls, folders: Sequence[Path] = (), model: Model = MODEL) -> QueryLibrary:
        """Load the built-in questions and those of the folders, each searched with the folders below it.

        A file that two folders have in common counts once. Raises `QueryFileError` for a file that breaks a rule and
        for two questions of one name, `BadInput` for a folder that cannot be read.
        """
        paths: dict[Path, Path] = {}
        for folder in (BUILT_IN, *folders):
            for path in _files(folder):
                paths.setdefault(path.resolve(), path)
        return cls([load_question(path, model) for path in paths.values()])

    def __iter__(self) -> Iterator[Question]:
        return iter(self._questions.values())

    def __len__(self) -> int:
        return len(self._questions)

    def __contains__(self, name: object) -> bool:
        return name in self._questions

    def __getitem__(self, name: str) -> Question:
        """Return the question of that name; raises `NotFound`."""
        if name not in self._questions:
            raise NotFound(
                f"there is no question {name}{did_you_mean(name, self._questions)}; use {', '.join(self._questions)}"
            )
        return self._questions[name]


def load_library(folder: Path | None = None) -> QueryLibrary:
    """Load the built-in questions and those of the user's own folder, as `SIGHTLINE_QUERIES` names it."""
    return QueryLibrary.load(() if folder is None else (folder,))


def load_question(path: Path, model: Model = MODEL) -> Question:
    """Load one file and check it without a server; raises `QueryFileError`, naming the file, the line and the mend."""
    question = make_question(split_header(_text(path), path), model)
    check_body(question, model)
    return question


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise QueryFileError(f"{path}:{line}: the file is not UTF-8; save it with that encoding") from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise QueryFileError(f"{path}:1: the file cannot be read ({reason}); make it readable or remove it") from None


def _files(folder: Path) -> list[Path]:
    """Return the question files below a folder, sorted; hidden files and folders are passed over."""
    if folder.is_file():
        raise BadInput(f"{folder} is a file; name the folder that holds the questions")
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise BadInput(f"the folder of questions {folder} cannot be read ({reason}); check SIGHTLINE_QUERIES") from None
    found = [path.relative_to(folder) for path in folder.rglob(f"*{SUFFIX}") if not path.is_dir()]
    visible = [path for path in found if not any(part.startswith(".") for part in path.parts)]
    return [folder / path for path in sorted(visible)]
