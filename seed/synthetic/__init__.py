"""The synthetic generator: plainly fictitious records whose figures and answers are known beforehand."""
