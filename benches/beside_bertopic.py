#!/usr/bin/env python3
"""Clusters and names what a run has embedded with BERTopic's defaults: the same segments, the same vectors.

    pip install bertopic polars && python3 benches/beside_bertopic.py OUT

OUT is the output folder of `emic run`. Says the seconds beyond embedding, the share without a topic, and the most memory.
"""

import pathlib
import resource
import sys
import time

import numpy
import polars
from bertopic import BERTopic

tables = pathlib.Path(sys.argv[1]) / "tables"
segments = polars.read_parquet(tables / "segments.parquet")
vectors = polars.read_parquet(tables / "embeddings.parquet")
assert segments["segment_id"].equals(vectors["segment_id"])
texts = segments["text"].to_list()
[column] = [name for name in vectors.columns if name != "segment_id"]
matrix = numpy.ascontiguousarray(numpy.stack(vectors[column].to_numpy()), dtype=numpy.float32)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
began = time.monotonic()
topics, _ = BERTopic().fit_transform(texts, matrix)
seconds = time.monotonic() - began
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
print(f"{len(texts)} segments: {seconds:.1f} s, {len(set(topics)) - 1} topics, {topics.count(-1) / len(topics):.0%} without one,"
      f" {after:.2f} GB at most ({before:.2f} before)")
