"""The query library: all questions in the built-in folder and in the folders that a user adds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from graph.errors import BadInput, NotFound, QueryFileError
from graph.model import MODEL, Model
from queries.library.check import check_body
from queries.library.declare import make_question
from queries.library.header import split_header
from queries.library.names import did_you_mean
from queries.library.question import Question

BUILT_IN = Path(__file__).parents[1]
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
    def load(
        cls, folders: Sequence[Path] = (), model: Model = MODEL, *, reserved: Collection[str] = ()
    ) -> QueryLibrary:
        """Load the built-in questions and those in the folders, including their subfolders.

        No question may have a `reserved` name. A file that is in two of the folders counts once. Raises
        `QueryFileError` for a file that breaks a rule and for two questions with the same name, and `BadInput` for a
        folder that cannot be read.
        """
        paths: dict[Path, Path] = {}
        for folder in (BUILT_IN, *folders):
            for path in _files(folder):
                paths.setdefault(path.resolve(), path)
        return cls([load_question(path, model, reserved=reserved) for path in paths.values()])

    def __iter__(self) -> Iterator[Question]:
        return iter(self._questions.values())

    def __len__(self) -> int:
        return len(self._questions)

    def __contains__(self, name: object) -> bool:
        return name in self._questions

    def __getitem__(self, name: str) -> Question:
        """Return the question with that name; raises `NotFound`."""
        if name not in self._questions:
            raise NotFound(
                f"there is no question {name}{did_you_mean(name, self._questions, always=True)}; "
                "`sightline query` lists them all"
            )
        return self._questions[name]


def load_library(folder: Path | None = None, *, reserved: Collection[str] = ()) -> QueryLibrary:
    """Load the built-in questions and those in the user's own folder, the one that `SIGHTLINE_QUERIES` names.

    Callers that make fields from the questions must reserve the names of all other fields and types.
    """
    return QueryLibrary.load(() if folder is None else (folder,), reserved=reserved)


def load_question(path: Path, model: Model = MODEL, *, reserved: Collection[str] = ()) -> Question:
    """Load one file and check it without a server; raises `QueryFileError`, naming the file, the line and the fix."""
    question = make_question(split_header(_text(path), path), model, reserved)
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
    """Return the question files in a folder and its subfolders, sorted; hidden files and folders are skipped."""
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
