"""A second answer to every question, in plain Python, written from the words of its header alone."""
