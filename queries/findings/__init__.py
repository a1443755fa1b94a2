"""Findings: the questions' rows kept in the graph, with thresholds, a life, and changes by sweeps and reviewers."""
