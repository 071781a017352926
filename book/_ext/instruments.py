"""The directive ``instrument``: the place of an instrument in a chapter.

    ```{instrument} tone_lab
    ```

It leaves an empty section with the instrument's name, and a sentence for readers without scripts. ``_static/instruments/start.js`` fills the
section when it comes into view; only pages that hold an instrument load that script.
"""

from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive

FOLDER = Path(__file__).parents[1] / "_static" / "instruments"
TITLES = {
    "tone_lab": "Tone lab",
    "sampling_lab": "Sampling lab",
    "spectrogram_lab": "Spectrogram lab",
    "harmonics_lab": "Harmonics lab",
    "boundary_lab": "Boundary lab",
    "note_recogniser": "Note recogniser",
}


class Instrument(Directive):
    """One instrument, by its name."""

    required_arguments = 1

    def run(self):
        """The section, as nodes."""
        name = self.arguments[0]
        if name not in TITLES:
            raise self.error(f"There is no instrument {name!r}; there are {', '.join(TITLES)}.")
        if not (FOLDER / f"{name}.mjs").is_file():
            raise self.error(f"The instrument {name!r} has no module; write {FOLDER.name}/{name}.mjs.")
        self.state.document.settings.env.metadata[self.state.document.settings.env.docname]["instruments"] = "yes"
        title = TITLES[name]
        return [nodes.raw("", (
            f'<section class="instrument" id="{name}" data-instrument="{name}" aria-label="{title}">'
            f'<p class="instrument-title">{title}</p>'
            f"<noscript><p>The instrument needs JavaScript. The text around it says what it shows.</p></noscript></section>"
        ), format="html")]


def leave_out(app, pagename, templatename, context, doctree):
    """Have pages without an instrument do without script and style: Jupyter Book loads all that lie in _static on every page."""
    if "instruments" not in app.env.metadata.get(pagename, {}):
        for kind in ("script_files", "css_files"):
            context[kind] = [file for file in context[kind] if "_static/instruments/" not in f"{file.filename}"]


def setup(app):
    """Called by Sphinx."""
    app.add_directive("instrument", Instrument)
    app.connect("html-page-context", leave_out, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
