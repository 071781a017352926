"""What a chapter shows: figures, sounds, questions and numbers. Each comes with its meaning in words, or is refused."""

import sys

from .figures import COLOURS, draw, figure
from .numbers import say
from .questions import ask
from .sounds import sound

# A kernel sends what a cell prints in pieces, whenever 0.2 s have passed; one that ends within a line leaves an empty line in the page.
if hasattr(sys.stdout, "flush_interval"):
    sys.stdout.flush_interval = 3600  # seconds; at its end each cell sends the rest
