"""The directive ``exercises``: a chapter's way to its notebook, and the folder of each lesson as a zip file beside the book.

    ```{exercises}
    ```

It becomes a list of links: the notebook, the zip file, and, where _config.yml names a repository at GitHub, Binder and Colab. The chapter's
name is the lesson's.
"""

import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList

REPOSITORY = Path(__file__).parents[2]
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time of a zip entry: the same bytes in every build
GITHUB = re.compile(r"https://github\.com/([^/]+/[^/]+?)(?:\.git)?/?$")


class Hosted(NamedTuple):
    """Where the repository is published."""

    url: str
    repository: str  # owner/name
    branch: str

    def binder(self, lesson):
        """The address that opens a lesson's notebook at Binder."""
        return f"https://mybinder.org/v2/gh/{self.repository}/{self.branch}?labpath=exercises/{lesson}/{lesson}.ipynb"

    def colab(self, lesson):
        """The address that opens a lesson's notebook at Colab."""
        return f"https://colab.research.google.com/github/{self.repository}/blob/{self.branch}/exercises/{lesson}/{lesson}.ipynb"


def hosted(theme_options):
    """Where the theme's options say the repository is published; None where they say nothing, or another host than GitHub."""
    found = GITHUB.match(theme_options.get("repository_url") or "")
    return Hosted(found[0].removesuffix("/").removesuffix(".git"), found[1], theme_options.get("repository_branch") or "main") if found else None


def links(lesson, where):
    """The lines of the list, in MyST Markdown."""
    yield f"- {{download}}`The notebook {lesson}.ipynb <../exercises/{lesson}/{lesson}.ipynb>`, to open in Jupyter"
    yield f'- <a href="exercises/{lesson}.zip" download>The whole folder as a zip file</a>, with all that the notebook imports'
    if where is None:
        return
    yield f"- [Open it at Binder]({where.binder(lesson)}): in the browser, with the course's own versions; it takes a minute or more to start"
    yield f"- [Open it at Colab]({where.colab(lesson)}): in the browser, with a Google account"
    if (REPOSITORY / "exercises" / lesson / "given").is_dir():
        yield ""
        yield "At Colab the notebook comes alone. Fetch what it imports by a cell of your own before the first:"
        yield ""
        yield "```"
        yield f"!git clone --depth 1 {where.url} course"
        yield f"%cd course/exercises/{lesson}"
        yield "```"


class Exercises(Directive):
    """The links to the notebook of the chapter's lesson."""

    def run(self):
        """The list, as nodes."""
        env = self.state.document.settings.env
        if not (REPOSITORY / "exercises" / env.docname).is_dir():
            raise self.error(f"There is no exercises/{env.docname}; the directive belongs into the chapter of a lesson.")
        source, _ = self.state_machine.get_source_and_line(self.lineno)
        text = StringList(list(links(env.docname, hosted(env.config.html_theme_options))), source=source)
        container = nodes.Element()
        self.state.nested_parse(text, self.content_offset, container)
        return container.children


def pack_exercises(app, exception):
    """Put the exercises of each chapter beside the book: the lesson's folder, as far as a learner needs it, as a zip file."""
    if exception is not None:
        return
    target = Path(app.outdir) / "exercises"
    target.mkdir(exist_ok=True)
    for lesson in sorted((REPOSITORY / "exercises").glob("[0-9][0-9]_*")):
        if lesson.name not in app.env.found_docs:
            continue
        with zipfile.ZipFile(target / f"{lesson.name}.zip", "w") as archive:
            for path in [lesson / f"{lesson.name}.ipynb", *sorted(lesson.glob("given/*.py"))]:
                entry = zipfile.ZipInfo(path.relative_to(lesson.parent).as_posix(), EPOCH)
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def setup(app):
    """Called by Sphinx."""
    app.add_directive("exercises", Exercises)
    app.connect("build-finished", pack_exercises)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
