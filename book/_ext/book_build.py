"""What the book's build adds to Sphinx: a cache that knows when it is stale, sounds as files, less to load, warnings that stay,
and where the setting ``solutions_appendix`` asks for it, the worked answers to the exercises.

The whole of what chapters run is their own cells and the code these call. jupyter-cache compares only the cells; so the cache lies in a
folder named after the rest, and a changed reference implementation runs every chapter again.
"""

import base64
import hashlib
import os
import re
import shutil
from html import escape
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
CODE_OF_CHAPTERS = ["reference_impl/*.py", "book/show/*.py", "requirements.txt"]
SOUND = re.compile(r'src="data:audio/flac;base64,([A-Za-z0-9+/=]+)"')
APPENDIX = "solutions"  # its page


def setup(app):
    """Called by Sphinx."""
    # Chapters run in an empty folder, and find what they import by this.
    paths = [str(REPOSITORY), str(REPOSITORY / "book"), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    for library in ("OMP", "OPENBLAS"):
        os.environ[f"{library}_NUM_THREADS"] = "1"  # sums of several threads differ in their last digits, and so do hashes of what was fitted

    app.add_config_value("solutions_appendix", False, "env", bool)
    app.connect("builder-inited", add_filter)
    app.connect("env-get-outdated", write_what_is_stale)
    app.connect("html-page-context", load_only_what_is_needed, priority=900)
    app.connect("config-inited", choose_cache)
    app.connect("config-inited", leave_appendix_out, priority=901)  # after sphinx_external_toc has read _toc.yml
    app.connect("source-read", fill_appendix)
    app.connect("html-page-context", take_sounds_out)
    app.connect("html-page-context", correct_roles)
    app.connect("html-page-context", add_preview)
    app.connect("build-finished", forget_appendix)
    app.connect("build-finished", forget_pages_with_warnings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_filter(app):
    """Give book/_templates/layout.html what it takes the theme's script of icons out with."""
    if app.builder.format == "html":
        app.builder.templates.environment.filters["without_icon_script"] = lambda head: re.sub(r"<script[^>]*/fontawesome\.js[^>]*></script>", "", head)


def write_what_is_stale(app, env, added, changed, removed):
    """Write every page anew where the build itself has changed, which Sphinx does not look at; and one page where only styles, scripts or
    pictures have: Sphinx copies those only if a page is written."""
    def state(*folders):
        return digest(path for folder in folders for path in (REPOSITORY / "book" / folder).rglob("*") if path.is_file() and path.suffix != ".pyc")

    static, build = state("_static"), state("_ext", "_templates")
    before, env.written_with = getattr(env, "written_with", (None, None)), (static, build)
    if build != before[1]:
        return list(env.found_docs)
    return [] if static == before[0] else [app.config.root_doc]


def load_only_what_is_needed(app, pagename, templatename, context, doctree):
    """Have pages without a formula do without MathJax: Jupyter Book asks for everything on every page."""
    if not app.env.get_domain("math").data["has_equations"].get(pagename):
        context["script_files"] = [script for script in context["script_files"] if "mathjax" not in f"{script.filename} {script.attributes}".lower()]


def choose_cache(app, config):
    """Name the execution cache after the code that chapters call, and forget the caches of other states."""
    caches = Path(app.outdir).parent / ".jupyter_cache"
    cache = caches / fingerprint(REPOSITORY)
    for stale in caches.glob("*"):
        if stale != cache:
            shutil.rmtree(stale) if stale.is_dir() else stale.unlink()

    config.nb_execution_cache_path = str(cache)  # Sphinx reads every page again when this changes


def fingerprint(repository):
    """A name for the state of the code that chapters call."""
    return digest((path for pattern in CODE_OF_CHAPTERS for path in repository.glob(pattern)), repository)


def digest(paths, root=REPOSITORY):
    """A name for the names and the contents of some files."""
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def take_sounds_out(app, pagename, templatename, context, doctree):
    """Write the sounds of a page to files, fetched only when they are played, and point the page's players to them."""
    folder = Path(app.outdir) / "_sounds"

    def to_file(match):
        data = base64.b64decode(match[1])
        name = hashlib.sha256(data).hexdigest()[:16] + ".flac"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        return f'src="{context["pathto"](f"_sounds/{name}", resource=True)}"'

    if "body" in context:
        context["body"] = SOUND.sub(to_file, context["body"])


def correct_roles(app, pagename, templatename, context, doctree):
    """Give the entries of the bibliography the role that their list asks for; docutils writes one that ARIA has withdrawn."""
    if "body" in context:
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')


def add_preview(app, pagename, templatename, context, doctree):
    """Tell other sites what to show beside a link to a page: title, a line, and the book's card where the published address is known."""
    described = re.search(r'<meta content="([^"]*)" name="description" */?>', context.get("metatags", ""))
    preview = {"og:type": "article", "og:title": escape(re.sub(r"<[^>]+>", "", context.get("title", ""))), "og:site_name": escape(app.config.html_title or app.config.project)}
    if described:
        preview["og:description"] = described[1]
    if app.config.html_baseurl:
        preview["og:image"] = f"{app.config.html_baseurl.rstrip('/')}/_static/card.png"
        preview["og:image:alt"] = "A mel spectrogram: ten bright lines climb like stairs, with black silence between them."
    context["metatags"] = context.get("metatags", "") + "".join(f'\n<meta property="{name}" content="{text}" />' for name, text in preview.items())


def leave_appendix_out(app, config):
    """Take the appendix of solutions out of the table of contents, unless it is asked for."""
    site_map = config.external_site_map
    if config.solutions_appendix or APPENDIX not in site_map:
        return
    for tree in site_map.root.subtrees:
        tree.items = [item for item in tree.items if item != APPENDIX]
    del site_map[APPENDIX]
    config.exclude_patterns = [*config.exclude_patterns, f"{APPENDIX}.md"]


def fill_appendix(app, docname, source):
    """Put the worked answers below the heading of their page."""
    if docname != APPENDIX:
        return
    for path in (REPOSITORY / "solutions").glob("*.py"):
        app.env.note_dependency(str(path))
    source[0] += "".join(sections())


def sections():
    """The solutions as MyST Markdown, a section a lesson. Questions are asked again; reflections have no one answer and are left out."""
    from autograder import course
    from autograder.completeness import is_question
    from autograder.solution import solutions

    for lesson in map(course.lesson, course.lessons()):
        yield f"\n## {lesson.name[:2]} {lesson.title}\n"
        for solution in solutions(lesson):
            if solution.is_reflection:
                continue
            _, mark, question = solution.task.partition("**Question")
            asked = f"{mark}{question}\n" if is_question(solution.exercise) else ""
            yield f"\n### `{solution.exercise}` of lesson {lesson.name[:2]}\n\n{asked}\n```python\n{solution.bare_answer}\n```\n\n{solution.why}\n"


def forget_appendix(app, exception):
    """Remove the page that an earlier build left, where it is no longer asked for: Sphinx would leave it to be found."""
    if not app.config.solutions_appendix:
        for name in (f"{APPENDIX}.html", f"_sources/{APPENDIX}.md"):
            (Path(app.outdir) / name).unlink(missing_ok=True)


def forget_pages_with_warnings(app, exception):
    """Make the next build read all pages again: Sphinx warns only of pages that it reads, and a second try would succeed."""
    if app._warncount:  # what Sphinx itself goes by, with -W; it has no public name
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)
