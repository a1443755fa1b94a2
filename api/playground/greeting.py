"""The pages for visitors who are not signed in: how to get a sign-in address, and the button that uses one.

Opening an address only shows the button, so that programs that follow the links in messages do not use it up.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 15px/1.55 system-ui, sans-serif;
  background: Canvas; color: CanvasText; }
main { max-width: 34rem; padding: 2rem; }
h1 { font-size: 1.25rem; margin: 0 0 .75rem; }
p { margin: .75rem 0; }
code { display: block; padding: .6rem .8rem; border: 1px solid; border-color: GrayText; border-radius: 6px;
  font: 13px/1.5 ui-monospace, monospace; }
button { padding: .5rem 1.25rem; font: inherit; cursor: pointer; }
"""
_DIGEST = b64encode(sha256(_STYLE.encode()).digest()).decode()

POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


BUTTON_POLICY = POLICY.replace("form-action 'none'", "form-action 'self'")


def greeting_page(sentence: str) -> str:
    """Return the page, with a sentence that says why it is shown."""
    return _page(f"""<p>{escape(sentence)}</p>
<p>On the machine that serves Sightline, run this, and open the address that it prints:</p>
<code>sightline sign-in</code>
<p>The address works once, within 15 minutes. You stay signed in for 12 hours in this browser.</p>
<p>Signed in already? <a href="/">Open the playground</a>.</p>""")


def button_page(name: str, token: str) -> str:
    """Return the page with the button that signs in the person whom the token is for."""
    return _page(f"""<p>You will be signed in as <b>{escape(name)}</b>, for 12 hours in this browser.</p>
<form method="post" action="/sign-in">
<input type="hidden" name="token" value="{escape(token)}">
<button type="submit" autofocus>Sign in</button>
</form>""")


def _page(content: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in - Sightline</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>Sign in to Sightline</h1>
{content}
</main>
</body>
</html>
"""
