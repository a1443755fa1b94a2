"""The playground: a page for analysts, with the query library at its side.

`web/` has the TypeScript sources, and `dist/` what Vite builds from them, compressed. The modules here serve it.
"""
