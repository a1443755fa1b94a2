"""The playground: a page for analysts, with the query library at its side.

`web/` holds the sources in TypeScript, `dist/` what Vite makes of them, compressed; the modules here serve it.
"""
