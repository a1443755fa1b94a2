"""HTTP: from bytes to a GraphQL request, and from an answer to bytes."""
