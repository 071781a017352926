"""Figures. Lengths are in inches, 5.6 across. A figure is SVG inside the page: its colours follow the page's theme, its letters are the page's."""

import io
import re
from html import escape
from itertools import count

import matplotlib
import matplotlib.pyplot as plt
from IPython.display import HTML, display

WIDTH = 5.6  # so that letters of 11 points stay legible where the page is 390 pixels wide

# The colours by their use. In the page each becomes a variable of book/_static/book.css, which has a light and a dark value for it.
COLOURS = {
    "ink": "#1f2933",  # axes, letters
    "faint": "#8a949e",  # grids, what stands back
    "first": "#0b6285",
    "second": "#b0431c",
    "third": "#6a3fa0",
}

STYLE = {
    "svg.fonttype": "none",  # letters stay letters
    "svg.hashsalt": "book",  # the same names in every build
    "figure.constrained_layout.use": True,
    "savefig.transparent": True,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib: measured the same everywhere; the page draws with its own
    "font.size": 11,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "axes.edgecolor": COLOURS["ink"],
    "axes.labelcolor": COLOURS["ink"],
    "axes.titlecolor": COLOURS["ink"],
    "axes.prop_cycle": matplotlib.cycler(color=[COLOURS["first"], COLOURS["second"], COLOURS["third"]]),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": COLOURS["faint"],
    "grid.linewidth": 0.4,
    "lines.linewidth": 1.6,
    "lines.markersize": 4,
    "text.color": COLOURS["ink"],
    "xtick.color": COLOURS["ink"],
    "ytick.color": COLOURS["ink"],
    "legend.frameon": False,
    "image.cmap": "magma",
    "image.interpolation": "none",  # one pixel a value: nothing is drawn between them
}

_numbers = count(1)  # a chapter runs in a process of its own


def draw(rows=1, columns=1, height=2.4, **options):
    """A figure in the book's style, and its axes: `plt.subplots` with a height in inches."""
    matplotlib.rcParams.update(STYLE)  # for good: titles and ticks are drawn later, and the process is the chapter's own
    return plt.subplots(rows, columns, figsize=(WIDTH, height), **options)


def figure(drawing, alt, caption):
    """Show a figure.

    Parameters
    ----------
    drawing : matplotlib Figure
        It is closed afterwards.
    alt : str
        What the picture tells, with its numbers, for those who cannot see it.
    caption : str
        The line below it, for everybody.

    Raises
    ------
    ValueError
        If alt has fewer than 60 characters or no number, or there is no caption.
    """
    if len(alt) < 60 or not re.search(r"\d", alt):
        raise ValueError(f"alt={alt!r} must tell the picture's message and its numbers, as if on the telephone")
    if not caption:
        raise ValueError("the figure has no caption; say in one line what is to be seen")

    name = f"figure-{next(_numbers)}"
    display(HTML(f'<figure class="drawing" id="{name}">{_svg(drawing, name, alt)}<figcaption>{escape(caption)}</figcaption></figure>'))


def _svg(drawing, name, alt):
    """The drawing as an SVG element that can stand in a page beside others."""
    file = io.StringIO()
    drawing.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    plt.close(drawing)

    svg = file.getvalue()
    svg = svg[svg.index("<svg"):]
    svg = re.sub(r"<(metadata|style).*?</\1>\s*", "", svg, flags=re.DOTALL)  # a style in the drawing would hold for the whole page
    # Names are the page's, not the drawing's: those that are used get the figure's name before them, the others go.
    used = set(re.findall(r"(?:href=\"|url\()#([^\")]+)", svg))
    svg = re.sub(r' id="([^"]+)"', lambda match: f' id="{name}-{match[1]}"' if match[1] in used else "", svg)
    svg = re.sub(r'(href="|url\()#', rf"\1#{name}-", svg)
    for use, colour in COLOURS.items():
        svg = svg.replace(colour, f"var(--drawing-{use}, {colour})")
    view = re.search(r'viewBox="[^"]+"', svg)[0]
    svg = f'<svg xmlns:xlink="http://www.w3.org/1999/xlink" {view} role="img" aria-label="{escape(alt)}">' + svg[svg.index(">") + 1:]
    return re.sub(r"\n\s*", "\n", svg).strip()
