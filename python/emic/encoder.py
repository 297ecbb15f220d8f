"""Texts to vectors, and what other libraries expect of a model: scikit-learn, BERTopic, pickle."""

from __future__ import annotations

import functools
import os
import sys
from typing import TYPE_CHECKING, Any

from . import _emic
from .columns import texts_of
from .errors import error
from .progress import shown

if TYPE_CHECKING:
    import numpy

DEFAULT_MODEL = "all-MiniLM-L6-v2"


class Encoder:
    """A sentence encoder: texts to vectors whose cosine says how similar the texts are in meaning.

    A text's vector has the same bits alone, in any batch, on any number of threads, in the command and on every processor that was tried.

    Parameters
    ----------
    model
        A name (see :func:`emic.models.list`), or the path of a sentence-transformers folder with a slash in it.
    precision
        ``"int8"``, the fast one, or ``"f32"``, whose vectors are those of sentence-transformers.
    models
        A folder to look for models in first; then ``models`` in the working folder and your data folder, as the command does.
    threads
        Threads to use; all cores if ``None``.
    progress
        Whether to show progress; ``None``: in terminals and notebooks, where it takes longer than a second.

    Raises
    ------
    EmicError
        If the model is not here or cannot be used. ``hint`` says what to do.

    Examples
    --------
    >>> import emic
    >>> encoder = emic.Encoder()
    >>> vectors = encoder.encode(["I have sixty families.", "Too many cases for one worker."])
    >>> vectors.shape, vectors.dtype
    ((2, 384), dtype('float32'))
    >>> float(vectors[0] @ vectors[1]) > 0.1
    True
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        *,
        precision: str = "int8",
        models: str | os.PathLike[str] | None = None,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> None:
        """Load the model."""
        self.model = os.fspath(model)
        self.precision = precision
        self.models = models
        self.threads = threads
        self.progress = progress
        self._encoder = _emic.Encoder(self.model, precision, None if models is None else os.fspath(models))

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimension

    @property
    def token_limit(self) -> int:
        """Most tokens that are read of a text, special tokens included; the rest of the text is ignored."""
        return self._encoder.token_limit

    @property
    def fingerprint(self) -> str:
        """Digest of the files and settings that determine the vectors."""
        return self._encoder.fingerprint

    @property
    def arithmetic(self) -> str:
        """What computes the vectors. Encoders with the same fingerprint and arithmetic give the same bits."""
        return self._encoder.arithmetic

    def encode(self, texts: Any, *, purpose: str = "passage", progress: bool | None = None) -> numpy.ndarray:
        """Give the vectors of ``texts``, an array of float32 of texts × :attr:`dimension`, without a copy.

        Parameters
        ----------
        texts
            A list of strings, or a column of Polars, pandas or pyarrow. Missing values are refused.
        purpose
            ``"passage"`` for what is searched, ``"query"`` for what describes what is looked for: some models put other words before
            each.
        progress
            As for the encoder.

        Examples
        --------
        >>> import emic
        >>> emic.Encoder().encode([]).shape
        (0, 384)
        """
        if purpose not in ("passage", "query"):
            raise error(f"there is no purpose `{purpose}`", 'write "passage" or "query"')
        listed = texts_of(texts)
        with shown(self.progress if progress is None else progress) as told:
            return self._encoder.encode(listed, purpose == "query", self.threads, told)

    def count_tokens(self, texts: Any) -> list[int]:
        """Count the tokens of each text, the special ones included.

        >>> import emic
        >>> emic.Encoder().count_tokens(["Sixty families."])
        [5]
        """
        return self._encoder.count_tokens(texts_of(texts))

    def __repr__(self) -> str:
        """Show the model and its precision."""
        return f"Encoder({self.model!r}, precision={self.precision!r})"

    def __reduce__(self) -> Any:
        """Pickle as its arguments: workers of Spark, Ray and joblib load the model themselves, once for each process."""
        return _made, (self.get_params(),)

    # scikit-learn: a transformer that has nothing to learn.

    def fit(self, X: Any, y: Any = None) -> Encoder:
        """Do nothing: the model is trained already. For pipelines of scikit-learn."""
        return self

    def transform(self, X: Any) -> numpy.ndarray:
        """Give the vectors of texts. For pipelines of scikit-learn."""
        return self.encode(X)

    def fit_transform(self, X: Any, y: Any = None) -> numpy.ndarray:
        """Give the vectors of texts. For pipelines of scikit-learn."""
        return self.encode(X)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Give the arguments that it was made with."""
        names = ("model", "precision", "models", "threads", "progress")
        return {name: getattr(self, name) for name in names}

    def set_params(self, **params: Any) -> Encoder:
        """Change arguments; the model is loaded again."""
        Encoder.__init__(self, **{**self.get_params(), **params})
        return self

    def get_feature_names_out(self, input_features: Any = None) -> numpy.ndarray:
        """Give a name for each number of a vector."""
        import numpy

        return numpy.array([f"emic{index}" for index in range(self.dimension)], dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        """Say that it needs no fit."""
        return True

    def __sklearn_tags__(self) -> Any:
        """Say that it takes texts, row by row, and learns nothing."""
        from sklearn.utils import InputTags, Tags, TargetTags, TransformerTags

        return Tags(
            estimator_type=None,
            target_tags=TargetTags(required=False),
            transformer_tags=TransformerTags(preserves_dtype=[]),
            input_tags=InputTags(string=True, one_d_array=True, two_d_array=False),
            requires_fit=False,
        )

    # BERTopic, which calls these of its embedding model.

    def embed(self, documents: Any, verbose: bool = False) -> numpy.ndarray:
        """Give the vectors of documents or words. For BERTopic."""
        return self.encode(documents, progress=verbose or None)

    def embed_documents(self, document: Any, verbose: bool = False) -> numpy.ndarray:
        """Give the vectors of documents. For BERTopic."""
        return self.embed(document, verbose)

    def embed_words(self, words: Any, verbose: bool = False) -> numpy.ndarray:
        """Give the vectors of words. For BERTopic."""
        return self.embed(words, verbose)

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        """Give a class that is BERTopic's too where BERTopic is in use.

        It takes only models that ``isinstance`` says are its own, and importing it here would cost everybody seconds and need it.
        """
        backend = sys.modules.get("bertopic.backend")
        return type(self) if backend is None else _joined(type(self), backend.BaseEmbedder)


_JOINED: dict[Any, Any] = {}


def _joined(ours: Any, theirs: Any) -> Any:
    if (ours, theirs) not in _JOINED:
        _JOINED[ours, theirs] = type(ours.__name__, (ours, theirs), {"__module__": ours.__module__, "__doc__": ours.__doc__})
    return _JOINED[ours, theirs]


def _made(params: dict[str, Any]) -> Encoder:
    encoder = Encoder.__new__(Encoder)
    for name, value in params.items():
        setattr(encoder, name, value)
    models = params["models"]
    encoder._encoder = _kept(params["model"], params["precision"], None if models is None else os.fspath(models))
    return encoder


@functools.lru_cache(maxsize=2)
def _kept(model: str, precision: str, models: str | None) -> Any:
    """Give the model that a worker has unpickled before: Spark unpickles a function for every task."""
    return _emic.Encoder(model, precision, models)
