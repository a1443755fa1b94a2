"""Execution: compiles an operation, runs it as one statement, and shapes the result into an answer."""

from api.execution.answers import (
    Answer,
    Answerer,
    GraphQLRequest,
)

__all__ = ["Answer", "Answerer", "GraphQLRequest"]
