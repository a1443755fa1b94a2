"""The API of findings beside the model's own fields: indicators, triage, and the mutations of reviewers."""

from __future__ import annotations

from api.schema.registry import Argument, Output, Registry

INDICATOR, PARAMETER, COUNT = "Indicator", "IndicatorParameter", "FindingCount"
TRIAGE_ROW, TRIAGE_PART = "TriageRow", "TriagePart"
ERROR = "MutationError"
DEFAULT_TRIAGE_SIZE = 25


def add_findings(registry: Registry) -> None:
    """Make the types of indicators, of triage and of mutations."""
    _add_indicators(registry)
    _add_triage(registry)
    _add_mutations(registry)


def finding_outputs() -> tuple[Output, ...]:
    """Return the root fields of findings that the model does not give."""
    return (
        Output("indicators", f"[{INDICATOR}!]!", "The questions that sweeps ask, with the thresholds in use."),
        Output(
            "triage",
            f"[{TRIAGE_ROW}!]!",
            "Children about whom there are findings that are open, confirmed or reopened, those first whose findings "
            "weigh most. The order says where to look first; it claims nothing about a child.",
            (
                Argument("first", "Int", "Number of rows, 1 to 100.", DEFAULT_TRIAGE_SIZE),
                Argument("filter", "ChildFilter", "Only children for whom this holds."),
            ),
        ),
    )


def _add_indicators(registry: Registry) -> None:
    registry.add_object(
        INDICATOR,
        "A question that sweeps ask.",
        (
            Output("name", "String!", "The question's name, which its findings have as indicator."),
            Output("title", "String!", "A few words."),
            Output("question", "String!", "The question in words."),
            Output("severity", "Severity!", "How much a finding asks for attention."),
            Output("weight", "Int!", "What a finding counts in the order of triage."),
            Output("source", "String!", "The published rule, or that the thresholds are defaults."),
            Output("parameters", f"[{PARAMETER}!]!", "Its thresholds, the day aside."),
            Output("findings", f"[{COUNT}!]!", "How many findings there are, by status; counted only when asked for."),
        ),
    )
    registry.add_object(
        PARAMETER,
        "A threshold of an indicator.",
        (
            Output("name", "String!", "The parameter."),
            Output("type", "String!", "Its GraphQL type."),
            Output("description", "String!", "What it is."),
            Output("value", "String!", "The value in use, as JSON."),
            Output("default", "String", "The question's own value, as JSON; null when it has none."),
        ),
    )
    registry.add_object(
        COUNT,
        "How many findings have a status.",
        (Output("status", "FindingStatus!", "The status."), Output("count", "Int!", "Number of findings.")),
    )


def _add_triage(registry: Registry) -> None:
    registry.add_object(
        TRIAGE_ROW,
        "A child with what is known that asks for attention.",
        (
            Output("child", "Child!", "The child."),
            Output("weight", "Int!", "The sum of the parts' weights, by which rows are ordered."),
            Output("parts", f"[{TRIAGE_PART}!]!", "What makes up the weight, the heaviest first."),
        ),
    )
    registry.add_object(
        TRIAGE_PART,
        "An indicator's findings about the child that are open, confirmed or reopened.",
        (
            Output("indicator", "String!", "The question that found them."),
            Output("severity", "Severity!", "Its severity."),
            Output("weight", "Int!", "What they count together."),
            Output("count", "Int!", "How many there are."),
            Output("findings", "[Finding!]!", "The findings."),
        ),
    )


def _add_mutations(registry: Registry) -> None:
    registry.add_object(
        ERROR,
        "Why a mutation changed nothing.",
        (
            Output("code", "String!", "BAD_USER_INPUT, NOT_FOUND, or CONFLICT when the finding has changed meanwhile."),
            Output("message", "String!", "A sentence that says what to do."),
            Output("path", "[String!]!", "The part of the input that it is about."),
        ),
    )
    finding = Argument("id", "ID!", "The finding's global id.")
    version = Argument("version", "Int!", "The version that was looked at; when it is another now, nothing is changed.")
    inputs = {
        "reviewFinding": (
            finding,
            Argument("status", "FindingStatus!", "CONFIRMED, DISMISSED, or REOPENED to put it back."),
            Argument("reason", "String", "Why; a dismissal needs one."),
            Argument("until", "Date", "Last day of a dismissal, which needs one; not in the past."),
            version,
        ),
        "assignFinding": (finding, Argument("assignee", "String", "Who looks into it; null for nobody."), version),
    }
    outputs = []
    for name, fields in inputs.items():
        stem = name[0].upper() + name[1:]
        registry.add_input(f"{stem}Input", f"What {name} is given.", fields)
        registry.add_object(
            f"{stem}Payload",
            f"What became of {name}.",
            (
                Output("finding", "Finding", "The finding as it is now; null when there is none of that id."),
                Output("errors", f"[{ERROR}!]!", "Why nothing was changed; empty when it was done."),
            ),
        )
        given = Argument("input", f"{stem}Input!", "What to do.")
        outputs.append(Output(name, f"{stem}Payload!", _DOCS[name], (given,)))
    registry.add_object("Mutation", "Everything that can be changed.", outputs)


_DOCS = {
    "reviewFinding": "Give a finding another status; noted with your name and the time.",
    "assignFinding": "Give a finding to somebody, or to nobody; noted with your name and the time.",
}
