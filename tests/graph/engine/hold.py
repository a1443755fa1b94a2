"""A process that holds the engine of a data folder: `python hold.py FOLDER`. It says where the server is, as one
line of JSON, lets go when its standard input ends, and says then how long that took."""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from graph.engine.client import Engine
from graph.settings import read_settings

engine = Engine.start(read_settings(data_dir=Path(sys.argv[1]), heap="512m", page_cache="64m"))
sys.stdout.write(json.dumps(asdict(engine.running)) + "\n")
sys.stdout.flush()
sys.stdin.read()
began = time.monotonic()
engine.stop()
sys.stdout.write(json.dumps(time.monotonic() - began) + "\n")
