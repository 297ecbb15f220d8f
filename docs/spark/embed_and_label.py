"""Vectors and labels of many texts with Spark: the same, byte for byte, as in one process.

    spark-submit embed_and_label.py answers.parquet out [--model all-MiniLM-L6-v2]

`answers.parquet` has the columns `id`, `question` and `text`. Writes `out/vectors` (`id`, `vector`) and `out/labels` (`id`, `theme`,
`score`, `confidence`, `rank`). Every worker needs `emic` and the model; `--models` names a folder that all of them reach.

A vector depends on its text alone, so texts are embedded in any batches. Scores of labels are standardised over the texts that are
labelled together, so these are a group that you choose, here the answers to one question, never the batches that Spark makes.
"""

import argparse

import pyarrow
from pyspark.sql import SparkSession

import emic

CODEBOOK = {
    "workload": "Too many cases and too little time.",
    "colleagues": "People at work who help, or who are missing.",
    "paperwork": "Forms and documentation instead of people.",
}

LABELS = pyarrow.schema(
    [
        ("id", pyarrow.string()),
        ("theme", pyarrow.string()),
        ("score", pyarrow.float32()),
        ("confidence", pyarrow.float32()),
        ("rank", pyarrow.int32()),
    ]
)


def embedded(encoder):
    """Give what makes vectors of batches."""

    def embed(batches):
        for batch in batches:
            vectors = encoder.encode(batch.column("text"))
            offsets = pyarrow.array(range(0, vectors.size + 1, vectors.shape[1]), pyarrow.int32())
            column = pyarrow.ListArray.from_arrays(offsets, pyarrow.array(vectors.ravel()))
            yield pyarrow.RecordBatch.from_arrays([batch.column("id"), column], ["id", "vector"])

    return embed


def labelled(encoder):
    """Give what labels the texts of a group."""

    def label(group):
        # In one order, because Spark's depends on its partitions.
        group = group.sort_by("id")
        labels = emic.label(group["text"], CODEBOOK, encoder=encoder).to_arrow()
        ids = group["id"].take(labels["text"])
        table = pyarrow.table({"id": ids, **{name: labels[name] for name in LABELS.names[1:]}})
        return table.cast(LABELS)

    return label


def main():
    """Embed and label."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("answers")
    parser.add_argument("out")
    parser.add_argument("--model", default="all-MiniLM-L6-v2")
    parser.add_argument("--models")
    given = parser.parse_args()
    # Spark has a Python worker for each core, so each uses one thread. They load the model themselves.
    encoder = emic.Encoder(given.model, models=given.models, threads=1)
    spark = SparkSession.builder.appName("emic").getOrCreate()
    answers = spark.read.parquet(given.answers)
    vectors = answers.select("id", "text").mapInArrow(embedded(encoder), "id string, vector array<float>")
    vectors.write.mode("overwrite").parquet(f"{given.out}/vectors")
    schema = "id string, theme string, score float, confidence float, rank int"
    labels = answers.groupBy("question").applyInArrow(labelled(encoder), schema)
    labels.write.mode("overwrite").parquet(f"{given.out}/labels")
    spark.stop()


if __name__ == "__main__":
    main()
