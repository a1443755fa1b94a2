"""HTTP and GraphQL: from a request to one statement and back."""
