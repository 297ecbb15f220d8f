"""Finished runs: tables, quotes, the page, samples to code, and codes that come back."""

from __future__ import annotations

import html
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Union

from . import _emic
from .columns import frame_of, names
from .encoder import Encoder
from .errors import error
from .progress import shown
from .studies import Study

if TYPE_CHECKING:
    import polars

    Folder = Union[str, os.PathLike[str]]


def run(
    study: Study | str | os.PathLike[str],
    *,
    out: Folder | None = None,
    encoder: Encoder | None = None,
    models: Folder | None = None,
    threads: int | None = None,
    forget: bool = False,
    progress: bool | None = None,
) -> Run:
    """Run a study: read, segment, embed, label, cluster, compare.

    Where the study has an output folder, as every study file has, everything is written there as ``emic run`` writes it; otherwise
    nothing is written.

    Parameters
    ----------
    study
        The path of a study file, or a :class:`Study`.
    out
        Another output folder than the study file names.
    encoder
        An encoder that is loaded already; it has to be the study's model.
    models, threads, progress
        As for :class:`Encoder`.
    forget
        Delete what people wrote that holds words of interviews which are not in the study any more, instead of moving it aside.

    Raises
    ------
    EmicError
        If no transcript can be read, the model is not here, or results cannot be written. Files that were skipped are no error; they
        are in :attr:`Run.problems`.

    Examples
    --------
    >>> import emic
    >>> run = emic.run("demo/study.toml", out="demo-out")
    >>> run.themes["theme"].to_list()[:2]
    ['knowledge gaps', 'workload']
    >>> (run.out / "report.html").is_file()
    True
    """
    if not isinstance(study, Study):
        study = Study.load(study, out=out)
    elif out is not None:
        raise error("`out` is for study files", "give it to emic.Study")
    folder = None if models is None else os.fspath(models)
    options = {"models": models, "threads": threads, "progress": progress, "encoder": encoder}
    with shown(progress) as told:
        done = _emic.Run(study._study, None if encoder is None else encoder._encoder, folder, threads, forget, told)

    def load(name: str) -> polars.DataFrame:
        import polars

        return polars.DataFrame(done.table(name))

    return Run(Tables(_emic.Run.table_names(), load), study.out, done.page, study, options)


def open(out: Folder) -> Run:
    """Open the run in an output folder, as it was written.

    >>> import emic
    >>> _ = emic.run("demo/study.toml", out="demo-out")
    >>> emic.open("demo-out").tables["themes"].height > 0
    True
    """
    folder = Path(out)
    if not (folder / "run.json").is_file():
        raise error(f"{folder} holds no finished run", "give the output folder of a study that has been run")

    def load(name: str) -> polars.DataFrame:
        import polars

        return polars.read_parquet(folder / "tables" / f"{name}.parquet")

    return Run(Tables(_emic.Run.table_names(), load), folder, lambda: (folder / "report.html").read_text("utf-8"))


class Tables(Mapping[str, Any]):
    """The tables of a run by name, as Polars frames; ``data/dictionary.md`` explains every column. Each is made when it is asked for."""

    def __init__(self, names: list[str], load: Callable[[str], polars.DataFrame]) -> None:
        """Take the names and what makes a table."""
        self._names = names
        self._load = load
        self._loaded: dict[str, polars.DataFrame] = {}

    def __getitem__(self, name: str) -> polars.DataFrame:
        """Give a table."""
        if name not in self._names:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(self._names)}")
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Count the tables."""
        return len(self._names)

    def __repr__(self) -> str:
        """Show the names."""
        return f"Tables({', '.join(self._names)})"


class Run:
    """A finished run.

    Attributes
    ----------
    tables
        All tables by name, as Polars frames: ``run.tables["prevalence"]``.
    out
        The output folder; ``None`` if nothing was written.
    """

    def __init__(
        self,
        tables: Tables,
        out: Path | None,
        page: Callable[[], str],
        study: Study | None = None,
        options: dict[str, Any] | None = None,
    ) -> None:
        """Take the tables, and how the run was made."""
        self.tables = tables
        self.out = out
        self._page = page
        self._study = study
        self._options = options or {}

    @property
    def themes(self) -> polars.DataFrame:
        """The table ``themes``: those of the codebook, then the emergent ones."""
        return self.tables["themes"]

    @property
    def problems(self) -> polars.DataFrame:
        """The table ``problems``: everything skipped, guessed or doubtful."""
        return self.tables["problems"]

    def quotes(
        self,
        theme: str | None = None,
        group: str | Mapping[str, str] | None = None,
        kind: str | None = None,
    ) -> polars.DataFrame:
        """Give quotes, verbatim, with interview, speaker and place.

        Parameters
        ----------
        theme
            The name of a theme, or its beginning; all if ``None``.
        group
            The value of an attribute (``"north"``), or attributes with values (``{"team": "north"}``).
        kind
            ``"central"``, ``"borderline"`` or ``"dissenting"``.

        Examples
        --------
        >>> import emic
        >>> run = emic.run("demo/study.toml", out="demo-out")
        >>> run.quotes("workload", group="Ostrany").columns
        ['theme', 'kind', 'rank', 'segment_id', 'transcript_id', 'speaker', 'locator', 'text']
        """
        import polars

        quotes = self.tables["quotes"]
        if theme is not None:
            quotes = quotes.filter(polars.col("theme") == self._theme(theme))
        if kind is not None:
            if kind not in ("central", "borderline", "dissenting"):
                raise error(f"there are no quotes of the kind `{kind}`", 'write "central", "borderline" or "dissenting"')
            quotes = quotes.filter(polars.col("kind") == kind)
        if group is not None:
            quotes = quotes.filter(polars.col("transcript_id").is_in(self._members(group)))
        return quotes

    def _theme(self, given: str) -> str:
        known = self.tables["themes"]["theme"].to_list()
        if given in known:
            return given
        starting = [name for name in known if name.casefold().startswith(given.casefold())]
        if len(starting) == 1:
            return starting[0]
        which = "is the beginning of several themes" if starting else "is no theme of this run"
        raise error(f"`{given}` {which}", f"there are {', '.join(starting or known)}")

    def _members(self, group: str | Mapping[str, str]) -> list[str]:
        """Give the interviews of a group."""
        import polars

        transcripts = self.tables["transcripts"]
        fixed = ("transcript_id", "source", "format", "turns", "segments", "words", "duration_ms")
        attributes = [name for name in transcripts.columns if name not in fixed]
        if isinstance(group, str):
            having = [name for name in attributes if (transcripts[name] == group).any()]
            if len(having) != 1:
                which = "is a value of several attributes" if having else "is no value of an attribute"
                values = "; ".join(f"{name}: {', '.join(transcripts[name].drop_nulls().unique().sort())}" for name in attributes)
                hint = f"write a dict such as {{{having[0]!r}: {group!r}}}" if having else f"there are {values or 'none'}"
                raise error(f"`{group}` {which}", hint)
            group = {having[0]: group}
        for name, value in group.items():
            if name not in attributes:
                raise error(f"interviews have no attribute `{name}`", f"they have {', '.join(attributes) or 'none'}")
            transcripts = transcripts.filter(polars.col(name) == value)
        return transcripts["transcript_id"].to_list()

    def report(self) -> Report:
        """Give the page, which a notebook shows; ``save(path)`` writes it."""
        return Report(self._page())

    def sample(
        self,
        segments: int | None = None,
        *,
        width: float | None = None,
        interviews: int | None = None,
        coders: str | list[str] | None = None,
        both: float = 1.0,
        uncertain: float = 0.5,
        all_themes: bool = False,
        seed: int | None = None,
        next: bool = False,
    ) -> Sample:
        """Draw segments for people to code, without showing them what the program said; they are written to ``out/review``.

        Parameters
        ----------
        segments
            How many; 100 if neither this nor ``width`` nor ``interviews`` is given.
        width
            Draw so many that the 95 % interval of no theme's share of segments is wider than this.
        interviews
            Draw whole interviews instead.
        coders
            Names of those who code, a sheet each.
        both
            Share of the segments that all coders code; the others are dealt out.
        uncertain
            Share of the sample that goes where the program is unsure.
        all_themes
            Ask for the emergent themes too.
        seed
            Seed of the draw; that of the study if ``None``.
        next
            Draw what would teach the program most, of the segments that nobody has coded.

        Examples
        --------
        >>> import emic
        >>> run = emic.run("demo/study.toml", out="demo-out")
        >>> sample = run.sample(20, coders="Ana")
        >>> sheet = sample.sheets["Ana"]
        >>> sheet.height
        20
        """
        out = self._folder("a sample")
        number, folder, drawn, of, sheets = _emic.sample(
            os.fspath(out), segments, width, interviews, names(coders), both, uncertain, all_themes, seed, next
        )
        return Sample(number, Path(folder), drawn, of, {coder: Path(file) for coder, file in sheets})

    def review(self, codes: Any, coder: str | None = None, **options: Any) -> Run:
        """Take codes back and run the study again: labels that learned, agreement, corrected shares.

        Parameters
        ----------
        codes
            A coded sheet of :meth:`sample` as a table, a dict of coders and their sheets, or paths of files that came back. A cell with
            1, x or yes says that the theme applies, one with 0 or no that it does not.
        coder
            Whose codes they are, where the sheet does not say it.
        **options
            Those of :func:`emic.run`.

        Returns
        -------
        The next run. What could not be used is in its ``problems``.
        """
        import polars

        out = self._folder("a review")
        if self._study is None:
            raise error("a run that was opened from its folder cannot be run again", "run the study with emic.run, then review")
        with tempfile.TemporaryDirectory(dir=out / "review" if (out / "review").is_dir() else out, prefix=".codes-") as folder:
            rows, problems = 0, []
            for whose, files in _sheets(codes, coder, Path(folder)):
                taken, doubts = _emic.take_codes(os.fspath(out), [os.fspath(file) for file in files], whose)
                rows += taken
                problems.append(polars.DataFrame(doubts))
        again = run(self._study if self._study.file is None else Study.load(self._study.file, out=out), **{**self._options, **options})
        again.tables._loaded["problems"] = polars.concat([*problems, again.tables["problems"]]).unique(maintain_order=True)
        return again

    def _folder(self, what: str) -> Path:
        if self.out is None:
            raise error(f"{what} is kept in the output folder, and this run has none", 'give one: emic.Study(..., out="out")')
        return self.out

    def __repr__(self) -> str:
        """Show what there is."""
        counts = [f"{self.tables[name].height} {name}" for name in ("transcripts", "segments", "themes", "problems")]
        return f"Run({', '.join(counts)})"


def _sheets(codes: Any, coder: str | None, folder: Path) -> list[Any]:
    """Give each coder with the files of their codes; tables are written to files for it."""
    if isinstance(codes, (str, os.PathLike)):
        return [(coder, [codes])]
    if isinstance(codes, (list, tuple)) and codes and all(isinstance(one, (str, os.PathLike)) for one in codes):
        return [(coder, list(codes))]
    by_coder = codes if isinstance(codes, dict) and not _is_columns(codes) else {coder: codes}
    found = []
    for number, (whose, table) in enumerate(by_coder.items(), 1):
        file = folder / f"sheet-{number}.csv"
        frame_of(table).write_csv(file)
        found.append((whose, [file]))
    return found


def _is_columns(codes: dict[Any, Any]) -> bool:
    return "segment_id" in codes


class Report:
    """The page of a run: one HTML file that loads nothing from elsewhere. It holds people's words: treat it like the transcripts."""

    def __init__(self, html: str) -> None:
        """Take the page."""
        self.html = html

    def save(self, path: Folder) -> Path:
        """Write the page to a file."""
        file = Path(path)
        file.write_text(self.html, encoding="utf-8")
        return file

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own that cannot reach the notebook."""
        page = html.escape(self.html, quote=True)
        style = "width: 100%; height: 85vh; border: 1px solid #8888"
        return f'<iframe sandbox="allow-scripts allow-downloads" style="{style}" srcdoc="{page}"></iframe>'

    def __repr__(self) -> str:
        """Show its size."""
        return f"Report({len(self.html) // 1000} kB)"


class Sample:
    """A sample that was drawn for people to code.

    Attributes
    ----------
    number, folder
        Its number, and where it was written.
    drawn, of
        Segments drawn, and segments of the run.
    files
        The workbook of each coder. Give each coder their own and nothing else of the folder: the rest tells where the program was unsure.
    """

    def __init__(self, number: int, folder: Path, drawn: int, of: int, files: dict[str, Path]) -> None:
        """Take what was drawn."""
        self.number = number
        self.folder = folder
        self.drawn = drawn
        self.of = of
        self.files = files

    @property
    def sheets(self) -> dict[str, polars.DataFrame]:
        """The sheet of each coder as a frame, to be filled in and given to :meth:`Run.review`."""
        import polars

        return {coder: polars.read_csv(file.with_suffix(".csv"), infer_schema=False).fill_null("") for coder, file in self.files.items()}

    def __repr__(self) -> str:
        """Show how many were drawn for whom."""
        return f"Sample({self.number}: {self.drawn} of {self.of} segments, for {', '.join(self.files)})"
