"""What a chapter shows: figures, sounds, questions and numbers. Each comes with its meaning in words, or is refused."""

from .figures import COLOURS, draw, figure
from .numbers import say
from .questions import ask
from .sounds import sound
