"""The appendix of solutions: built where the setting asks for it, nowhere to be found where not. The book here is ours without its chapters."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from autograder import course
from autograder.completeness import exercises_of
from autograder.lesson_source import whys

pytestmark = pytest.mark.xdist_group("book")
ROOT = Path(__file__).parents[2]
SETTING = "solutions_appendix: false"
OTHERS = ["how_to_use.md", "teachers.md", "credits.md", "museum.md", "glossary.md", "notation.md"]  # they point to each other


def exercises():
    return [(lesson, exercise) for lesson in course.lessons() for exercise in exercises_of(course.lesson(lesson).source)]


@pytest.fixture(scope="module")
def build_small(tmp_path_factory):
    """``build_small(setting)`` builds the small book, always in the same place, and returns the folder of its pages."""
    place = tmp_path_factory.mktemp("small")
    shutil.copytree(ROOT / "book", place / "book", ignore=lambda folder, names: [n for n in names if n[:2].isdigit() or n in OTHERS or n.startswith("_build") or n == "__pycache__"])
    (place / "book" / "index.md").write_text("# Small\n")
    toc = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text())
    toc["parts"] = [{"caption": "Appendix", "chapters": [{"file": "solutions"}, {"file": "bibliography"}]}]
    (place / "book" / "_toc.yml").write_text(yaml.safe_dump(toc))
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    assert config.count(SETTING) == 1 and "book/_ext" in config

    def build(setting):
        (place / "_config.yml").write_text(config.replace(SETTING, setting).replace("book/_ext", str(ROOT / "book" / "_ext")), encoding="utf-8")
        command = [str(Path(sys.executable).with_name("jupyter-book")), "build", "book", "--config", "_config.yml", "--path-output", ".", "-W", "--keep-going"]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
        return place / "_build" / "html"

    return build


def test_one_setting_adds_and_removes_the_appendix(build_small):
    html = build_small("solutions_appendix: true")
    contents = BeautifulSoup((html / "index.html").read_text(encoding="utf-8"), "html.parser").select(".bd-sidebar-primary a")
    assert "solutions.html" in [link["href"] for link in contents]
    article = BeautifulSoup((html / "solutions.html").read_text(encoding="utf-8"), "html.parser").select_one("article")
    assert [heading.code.text for heading in article.find_all("h3")] == [exercise for _, exercise in exercises()]
    assert [heading.text[:2] for heading in article.find_all("h2")] == [lesson[:2] for lesson in course.lessons()]
    assert len(article.select("div.highlight-python")) == len(exercises())

    html = build_small(SETTING)
    assert not list(html.rglob("*solutions*"))
    assert all("solutions.html" not in page.read_text(encoding="utf-8") for page in html.glob("*.html"))
    assert "solutions" not in (html / "searchindex.js").read_text(encoding="utf-8").partition("docnames")[2].partition("]")[0]


@pytest.fixture
def text(extension):
    return "".join(extension("book_build").sections())


def test_answers_come_without_contract_and_markers(text):
    assert "def stft(y, n_fft, hop):\n    window = " in text
    assert '"""' not in text and "SOLUTION" not in text


def test_questions_are_asked_again(text):
    _, _, after = text.partition("### `q1` of lesson 04\n")
    assert after.lstrip().startswith("**Question 1**") and after.index('- "b"') < after.index('return "c"')


def test_reflections_have_no_one_answer(text):
    assert "what_the_reference_costs" not in text


def test_the_reason_stands_below_the_answer(text):
    assert f"```\n\n{whys(course.lesson('04_spectrogram'))['stft']}\n" in text
