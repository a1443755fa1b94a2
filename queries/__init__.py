"""The query library: questions as `.cypher` files with a header."""
