"""A figure of a built book at another width: no run, the same bytes, or a text that says why."""

from __future__ import annotations

import io
import json
import pickle
import re
import shutil
import subprocess

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from bindery.cache.files import digest
from bindery.cli import main
from bindery.drawing import draw, exports
from bindery.faults import BinderyError
from bindery.project import find_project
from bindery.redraw import Wish, redraw

FIGURE = "harvest-sheaves-by-year"
DRAWING = "runs/harvest/drawings/sheaves_by_year.pickle"
# the fonts that the book embeds, with Latin and Chinese letters
FONTS = "book/fonts"
REMEDY = "; run: bindery build"


@pytest.fixture
def book(sample, built):
    """The sample with its book; the working folder is its root."""
    for part in ("figures", "runs"):
        shutil.copytree(built[0].build / part, sample.build / part)
    return sample


@pytest.fixture
def drawn(book, tmp_path):
    """Draws the figure of the book; gives its bytes and what was warned."""

    def make(form="svg", lang="en", **lengths):
        warned = []
        file = tmp_path / f"figure.{form}"
        redraw(book, FIGURE, Wish(form, lang, **lengths), file, warned.append)
        return file.read_bytes(), warned

    return make


def fault(book, identifier=FIGURE, wish=None):
    with pytest.raises(BinderyError) as caught:
        redraw(book, identifier, wish or Wish("svg", "en"), None, print)
    assert not list(book.root.glob("*.svg"))
    return str(caught.value)


class TestSize:
    @pytest.mark.parametrize(
        ("width", "millimetres"),
        [("89mm", 89), ("8.95cm", 89.5), ("3.5 in", 88.9), ("252pt", 88.9)],
    )
    def test_svg_is_as_wide_as_asked_for(self, drawn, width, millimetres):
        content, _ = drawn(width=width)
        points = float(re.search(rb'<svg [^>]*?width="([\d.]+)pt"', content)[1])
        assert points == pytest.approx(millimetres / 25.4 * 72, abs=0.001)

    def test_pdf_and_png_are_as_large_as_asked_for(self, drawn):
        pdf, _ = drawn("pdf", width="89mm", height="60mm")
        with PdfDocument(pdf) as document:
            expected = (89 / 25.4 * 72, 60 / 25.4 * 72)
            assert document[0].get_size() == pytest.approx(expected, abs=0.01)
        png, _ = drawn("png", width="89mm", height="60mm")
        with Image.open(io.BytesIO(png)) as picture:
            assert picture.size == pytest.approx((89 / 25.4 * 300, 60 / 25.4 * 300), abs=1)
            assert round(picture.info["dpi"][0]) == 300

    def test_letters_are_as_large_as_in_the_book(self, drawn, book):
        published = (book.build / "figures" / FIGURE / "en.svg").read_bytes()
        # an outline of a letter has the scale of its size
        scales = [set(re.findall(rb"scale\(([\d.]+) -", text)) for text in (published, drawn()[0])]
        assert scales[0] == scales[1] != set()
        assert set(re.findall(rb"scale\(([\d.]+) -", drawn(width="60mm")[0])) == scales[0]

    def test_without_a_size_it_is_the_published_file(self, drawn, book):
        folder = book.build / "figures" / FIGURE
        for form in ("svg", "pdf", "png"):
            assert drawn(form)[0] == (folder / f"en.{form}").read_bytes()

    def test_words_that_do_not_fit_are_warned_of(self, drawn, monkeypatch):
        assert drawn(width="89mm")[1] == []
        monkeypatch.setattr("bindery.redraw.unfit_words", lambda _: list("abcdef"))
        assert drawn(width="89mm")[1] == [
            "words do not fit at 89 mm: a; b; c; d; e; ...; ask for a greater --width or --height"
        ]


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_second_call_gives_the_same_bytes(drawn, form):
    assert drawn(form, width="89mm", lang="zh") == drawn(form, width="89mm", lang="zh")


def test_command_says_what_it_wrote_and_runs_nothing(bindery, built, contents, tmp_path):
    project = built[0]
    before = contents(project.build)
    done = bindery(project, "figure", FIGURE, "--width", "89mm", "-o", str(tmp_path / "a b.pdf"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path}/a b.pdf: 89 mm wide, 63.5 mm high\n"
    assert (tmp_path / "a b.pdf").read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["a b.pdf"]
    after = contents(project.build)
    assert {name for name in before if "fontcache" not in name} == {
        name for name in after if "fontcache" not in name and before[name] == after[name]
    }


def test_file_is_named_after_figure_and_language(book):
    said = redraw(book, FIGURE, Wish("svg", "zh", "89mm"), None, print)
    assert said.startswith(f"{FIGURE}-zh.svg: 89 mm wide, ")
    assert (book.root / f"{FIGURE}-zh.svg").is_file()


@pytest.fixture
def chinese(book, request, edit):
    """The book, whose figure has a Chinese label, in the font that a PDF embeds."""
    edit(book.root / "fields" / "harvest.py", "Sheaves (zh)", "麦捆数 Sheaves")
    fonts = request.config.rootpath / FONTS
    edit(
        book.root / "pyproject.toml",
        "[tool.bindery]",
        f'[tool.bindery]\nfonts = "{fonts}"\nstyle = "style.mplstyle"',
    )
    style = "font.family: Noto Sans SC\n"
    (book.root / "style.mplstyle").write_text(style, encoding="utf-8")
    project = find_project(book.root)
    chart, data, options = pickle.loads((book.build / DRAWING).read_bytes())
    figure = draw(project, project.attribute(chart), data, "zh", options)
    published = project.build / "figures" / FIGURE / "zh.svg"
    published.write_bytes(exports(project, figure, ["svg"])["svg"])
    return project


class TestFonts:
    def test_both_scripts_are_found_in_the_pdf(self, chinese, tmp_path):
        redraw(chinese, FIGURE, Wish("pdf", "zh", "89mm"), tmp_path / "a.pdf", print)
        with PdfDocument(tmp_path / "a.pdf") as document:
            text = document[0].get_textpage()
            assert [text.search(word).get_next() is not None for word in ("麦捆数", "Sheaves")] == [
                True, True,
            ]  # fmt: skip

    def test_fonts_are_embedded_as_truetype(self, chinese, tmp_path):
        redraw(chinese, FIGURE, Wish("pdf", "zh", "89mm"), tmp_path / "a.pdf", print)
        content = (tmp_path / "a.pdf").read_bytes()
        assert b"/CIDFontType2" in content
        assert b"/FontFile2" in content
        assert b"/Type3" not in content

    @pytest.mark.long
    @pytest.mark.parametrize(("program", "form"), [("pdftotext", "pdf"), ("rsvg-convert", "svg")])
    def test_second_program_opens_it(self, chinese, tmp_path, program, form):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed; pypdfium2 has read the PDF")
        file = tmp_path / f"a.{form}"
        redraw(chinese, FIGURE, Wish(form, "zh", "89mm"), file, print)
        words = [program, str(file), "-"] if form == "pdf" else [program, str(file)]
        done = subprocess.run(words, capture_output=True, check=True)
        if form == "pdf":
            assert {"麦捆数", "Sheaves"} <= set(done.stdout.decode().split())
        else:
            with Image.open(io.BytesIO(done.stdout)) as picture:
                assert len(picture.getcolors(1 << 20)) > 10


class TestRefused:
    def test_several_faults_are_told_together(self, book):
        assert fault(book, wish=Wish("tiff", "fr", "9mm", "wide")) == (
            "the figure cannot be drawn so\n"
            "  --format: found 'tiff'; allowed: svg, pdf, png\n"
            "  --lang: found 'fr'; allowed: en, zh\n"
            "  --width: found '9mm'; allowed: 40 mm to 400 mm, as 89mm, 8.9cm, 3.5in or 252pt\n"
            "  --height: found 'wide'; allowed: 40 mm to 400 mm, as 89mm, 8.9cm, 3.5in or 252pt"
        )

    @pytest.mark.parametrize("width", ["39.9mm", "40.1cm", "0in", "-89mm", "89", "89 m m", "nanmm"])
    def test_length_that_is_none_or_too_small_or_too_large(self, book, width):
        assert f"--width: found {width!r}" in fault(book, wish=Wish("svg", "en", width))

    def test_unknown_figure_is_told_the_nearest(self, book):
        assert fault(book, "harvest-sheafs-by-year") == (
            "harvest-sheafs-by-year: no figure of this id; did you mean 'harvest-sheaves-by-year'? "
            "known: harvest-sheaves-by-year, harvest-south-sheaves-by-year"
        )

    def test_before_the_first_build(self, sample):
        assert fault(sample) == (
            "_build/figures: there is no such folder, because no book is built yet" + REMEDY
        )

    def test_what_the_run_recorded_is_gone(self, book):
        (book.build / DRAWING).unlink()
        assert f"_build/{DRAWING}: found no such file; " in fault(book)

    def test_what_the_run_recorded_is_damaged(self, book):
        content = (book.build / DRAWING).read_bytes()
        (book.build / DRAWING).write_bytes(content[:-1])
        told = fault(book)
        assert f"_build/{DRAWING}: found another content than the run recorded; " in told
        assert told.endswith(REMEDY)

    def test_chart_that_has_changed_since_the_build(self, book, edit):
        edit(book.root / "fields" / "harvest.py", '"Sheaves"', '"Bundles"')
        assert fault(book) == (
            f"{FIGURE}: its chart, style or fonts have changed since the book was built (it comes "
            "out otherwise than it is published)" + REMEDY
        )

    def test_chart_that_is_gone_since_the_build(self, book, edit):
        edit(book.root / "fields" / "harvest.py", "def bars", "def columns")
        assert "have changed since the book was built (" in fault(book)

    def test_recorded_class_that_is_gone_since_the_build(self, book):
        name = book.build / DRAWING
        # a pickle of an object of a module that is not there
        content = b"cfields.lost\nThing\n."
        name.write_bytes(content)
        file = book.build / "runs" / "harvest" / "run.json"
        run = json.loads(file.read_text(encoding="utf-8"))
        run["drawings"]["sheaves_by_year"] = digest(content)
        file.write_text(json.dumps(run), encoding="utf-8")
        assert "(ModuleNotFoundError: No module named 'fields.lost')" in fault(book)

    def test_chart_that_raises_at_this_size(self, book, monkeypatch):
        def refuse(*_):
            raise ValueError("no room")

        monkeypatch.setattr("bindery.fitting.fit", refuse)
        assert fault(book, wish=Wish("svg", "en", "89mm")) == (
            f"{FIGURE}: cannot be drawn at this size (ValueError: no room); ask for a greater one"
        )

    def test_folder_that_is_none_is_told_by_the_command(self, book, tmp_path):
        from click.testing import CliRunner

        (tmp_path / "file").touch()
        words = ["figure", FIGURE, "-f", "svg", "-o", str(tmp_path / "file" / "a.svg")]
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 1
        assert "nothing was published" in done.stderr
