"""The limit: an endpoint written by hand for these workloads only, with the same store, event loop and HTTP parser.

`POST /NAME` takes the list of the statement's values as JSON and gives the same answer as the API for the workload. It
uses one statement from `limit/` and one comprehension. `python -m bench.limit PORT TOKEN` serves it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from hmac import compare_digest
from pathlib import Path
from typing import Any

import orjson
import uvicorn
import uvloop
from starlette.types import Receive, Scope, Send

from graph.opening import open_store
from graph.settings import read_settings
from graph.store import Store

STATEMENTS = Path(__file__).parent / "limit"


def _child(c: list[Any]) -> dict[str, Any]:
    return {"key": c[0], "firstName": c[1], "dateOfBirth": c[2]}


def _rows(found: Any) -> dict[str, Any]:
    return {
        "children": {
            "nodes": [
                {
                    "key": c[0],
                    "firstName": c[1],
                    "lastName": c[2],
                    "dateOfBirth": c[3],
                    "sex": c[4],
                    "countryOfBirth": c[5],
                    "sponsors": {"nodes": [{"key": s[0], "firstName": s[1], "lastName": s[2]} for s in c[6]]},
                }
                for c in found
            ]
        }
    }


def _deep(c: Any) -> dict[str, Any]:
    return {
        "child": c
        and {
            "key": c[0],
            "firstName": c[1],
            "lastName": c[2],
            "dateOfBirth": c[3],
            "placements": {
                "nodes": [
                    {"key": p[0], "releasedOn": p[1], "relationship": p[2], "sponsor": p[3] and _sponsor(p[3])}
                    for p in c[4]
                ]
            },
            "courtCases": {
                "nodes": [
                    {
                        "key": k[0],
                        "status": k[1],
                        "court": k[2] and {"key": k[2][0], "name": k[2][1]},
                        "hearings": {
                            "nodes": [{"key": h[0], "scheduledOn": h[1], "outcome": h[2]} for h in k[3]],
                        },
                    }
                    for k in c[5]
                ]
            },
            "contactAttempts": {
                "nodes": [
                    {
                        "key": x[0],
                        "attemptedOn": x[1],
                        "outcome": x[2],
                        "agency": x[3] and {"key": x[3][0], "name": x[3][1]},
                    }
                    for x in c[6]
                ]
            },
        }
    }


def _sponsor(s: list[Any]) -> dict[str, Any]:
    return {
        "key": s[0],
        "firstName": s[1],
        "lastName": s[2],
        "addresses": {
            "nodes": [
                {
                    "key": a[0],
                    "street": a[1],
                    "city": a[2],
                    "postalArea": a[3] and {"key": a[3][0], "postalCode": a[3][1], "city": a[3][2], "state": a[3][3]},
                }
                for a in s[3]
            ]
        },
        "placements": {
            "nodes": [
                {
                    "key": q[0],
                    "releasedOn": q[1],
                    "child": q[2] and {"key": q[2][0], "firstName": q[2][1], "lastName": q[2][2]},
                }
                for q in s[4]
            ]
        },
    }


def _page(found: Any) -> dict[str, Any]:
    return {
        "sponsors": {
            "nodes": [
                {
                    "key": s[0],
                    "firstName": s[1],
                    "lastName": s[2],
                    "children": {"nodes": [_child(c) for c in s[3]]},
                    "addresses": {"nodes": [{"key": a[0], "street": a[1], "city": a[2]} for a in s[4]]},
                }
                for s in found
            ]
        }
    }


def _risk(found: Any) -> dict[str, Any]:
    return {
        "sponsorsWithMultipleChildren": {
            "nodes": [
                {
                    "childCount": s[0],
                    "unrelatedCount": s[1],
                    "sponsor": {"key": s[2], "lastName": s[3], "children": {"nodes": [_child(c) for c in s[4]]}},
                }
                for s in found
            ]
        }
    }


def _filter(found: Any) -> dict[str, Any]:
    return {
        "children": {
            "totalCount": found[1],
            "nodes": [{"key": c[0], "firstName": c[1], "lastName": c[2]} for c in found[0]],
        }
    }


def _findings(found: Any) -> dict[str, Any]:
    def node(n: list[Any] | None) -> dict[str, Any] | None:
        return None if n is None else {"__typename": n[0][0], "key": n[1]}

    return {
        "findings": {
            "nodes": [
                {
                    "key": f[0],
                    "status": f[1],
                    "since": f[2],
                    "values": f[3],
                    "subject": node(f[4]),
                    "evidence": [{"column": e[0], "node": node(e[1])} for e in f[5]],
                }
                for f in found
            ]
        }
    }


def _question(found: Any) -> dict[str, Any]:
    name, columns, rows, total = found
    nodes = [
        {
            **dict.fromkeys(columns),
            **{column: {"__typename": labels[0], "key": key} for column, labels, key in evidence},
            **orjson.loads(values),
        }
        for values, evidence in rows
    ]
    return {name: {"totalCount": total, "nodes": nodes}}


_SHAPES: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "rows": _rows,
    "deep": _deep,
    "page": _page,
    "risk": _risk,
    "filter": _filter,
    "variedFilter": _filter,
    "findings": _findings,
    "question": _question,
}


async def endpoint(
    routes: Mapping[str, tuple[str, Any]], store: Store, expected: bytes, scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer one ASGI request."""
    headers = dict(scope["headers"])
    if not compare_digest(headers.get(b"authorization", b""), expected):
        await _reply(send, 401, b"{}")
        return
    message = await receive()
    body = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
    statement, shape = routes[scope["path"]]
    found = await store.read_value(statement, {"p": orjson.loads(body)})
    await _reply(send, 200, orjson.dumps({"data": shape(found)}))


async def _reply(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _serve(port: int, token: str) -> None:
    routes = {f"/{name}": ((STATEMENTS / f"{name}.cypher").read_text(), shape) for name, shape in _SHAPES.items()}
    async with open_store(read_settings()) as store:
        app = partial(endpoint, routes, store, f"Bearer {token}".encode())
        config = uvicorn.Config(
            app,
            port=port,
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            interface="asgi3",
        )
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), sys.argv[2]))
