"""The synthetic generator: obviously fictitious records whose figures and answers are known beforehand."""
