"""The way from a chapter to its notebook: always the files, and Binder and Colab where the repository's address is known."""

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.xdist_group("book")


@pytest.fixture
def exercises(extension):
    return extension("exercises")


@pytest.mark.parametrize("url", ["https://github.com/ada/music-dsp", "https://github.com/ada/music-dsp/", "https://github.com/ada/music-dsp.git"])
def test_binder_and_colab_open_the_lesson(exercises, url):
    text = "\n".join(exercises.links("04_spectrogram", exercises.hosted({"repository_url": url, "repository_branch": "term"})))
    assert "(https://mybinder.org/v2/gh/ada/music-dsp/term?labpath=exercises/04_spectrogram/04_spectrogram.ipynb)" in text
    assert "(https://colab.research.google.com/github/ada/music-dsp/blob/term/exercises/04_spectrogram/04_spectrogram.ipynb)" in text
    assert "git clone --depth 1 https://github.com/ada/music-dsp course" in text


def test_a_notebook_that_imports_nothing_of_ours_needs_no_clone(exercises):
    text = "\n".join(exercises.links("01_sine", exercises.hosted({"repository_url": "https://github.com/ada/music-dsp"})))
    assert "colab" in text and "git clone" not in text


@pytest.mark.parametrize("options", [{}, {"repository_url": ""}, {"repository_url": None}, {"repository_url": "https://git.example.org/ada/music-dsp"}])
def test_without_an_address_there_are_the_files_alone(exercises, options):
    assert exercises.hosted(options) is None
    assert [line[:2] for line in exercises.links("01_sine", None)] == ["- ", "- "]


def test_the_built_page_has_the_links(html, name):
    article = BeautifulSoup((html / f"{name}.html").read_text(encoding="utf-8"), "html.parser").select_one("article")
    here = [link["href"] for link in article.select("section:last-of-type a") if "exercises/" in link["href"] or "_downloads" in link["href"]]
    assert any(link.endswith(f"{name}.ipynb") for link in here) and f"exercises/{name}.zip" in here
    assert not [link for link in here if "mybinder" in link or "colab" in link], "no address is set"
