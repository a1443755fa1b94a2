"""What `make bench` runs: Sightline, its peer and handwritten statements, measured in turns."""
