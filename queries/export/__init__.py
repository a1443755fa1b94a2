"""A question's rows as a file: page by page, in a format that other programs read."""
