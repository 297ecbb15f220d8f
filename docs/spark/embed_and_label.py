"""Vectors and labels of many texts with Spark: the same, byte for byte, as in one process.

    spark-submit embed_and_label.py answers.parquet out [--model all-MiniLM-L6-v2]

`answers.parquet` has the columns `id`, `question` and `text`. Writes `out/vectors` (`id`, `vector`) and `out/labels` (`id`, `theme`,
`score`, `confidence`, `rank`). Every worker needs `emic` and the model; `--models` names a folder that all of them reach.

A vector depends on its text alone, so texts are embedded in any batches. Scores of labels are standardised over the texts that are
labelled together, so these are a group that you choose, here the answers to one question, never the batches that Spark makes.
"""

import argparse
import functools

import pyarrow
from pyspark.sql import SparkSession

CODEBOOK = {
    "workload": "Too many cases and too little time.",
    "colleagues": "People at work who help, or who are missing.",
    "paperwork": "Forms and documentation instead of people.",
}


@functools.lru_cache(maxsize=1)
def encoder(model, models):
    """The model, loaded once for each Python worker. Spark has a worker for each core, so each uses one thread."""
    import emic

    return emic.Encoder(model, models=models, threads=1)


def embedded(model, models):
    """What makes vectors of batches."""

    def embed(batches):
        for batch in batches:
            vectors = encoder(model, models).encode(batch.column("text"))
            offsets = pyarrow.array(range(0, vectors.size + 1, vectors.shape[1]), pyarrow.int32())
            column = pyarrow.ListArray.from_arrays(offsets, pyarrow.array(vectors.ravel()))
            yield pyarrow.RecordBatch.from_arrays([batch.column("id"), column], ["id", "vector"])

    return embed


def labelled(model, models):
    """What labels the texts of a group."""

    def label(group):
        import emic

        # In one order, because Spark's depends on its partitions.
        group = group.sort_by("id")
        labels = emic.label(group["text"], CODEBOOK, encoder=encoder(model, models)).to_arrow()
        ids = group["id"].take(labels["text"])
        names = ["theme", "score", "confidence", "rank"]
        table = pyarrow.table({"id": ids, **{name: labels[name] for name in names}})
        return table.cast(
            pyarrow.schema(
                [
                    ("id", pyarrow.string()),
                    ("theme", pyarrow.string()),
                    ("score", pyarrow.float32()),
                    ("confidence", pyarrow.float32()),
                    ("rank", pyarrow.int32()),
                ]
            )
        )

    return label


def main():
    """Embed and label."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("answers")
    parser.add_argument("out")
    parser.add_argument("--model", default="all-MiniLM-L6-v2")
    parser.add_argument("--models")
    given = parser.parse_args()
    spark = SparkSession.builder.appName("emic").getOrCreate()
    answers = spark.read.parquet(given.answers)
    vectors = answers.select("id", "text").mapInArrow(embedded(given.model, given.models), "id string, vector array<float>")
    vectors.write.mode("overwrite").parquet(f"{given.out}/vectors")
    labels = answers.groupBy("question").applyInArrow(
        labelled(given.model, given.models), "id string, theme string, score float, confidence float, rank int"
    )
    labels.write.mode("overwrite").parquet(f"{given.out}/labels")
    spark.stop()


if __name__ == "__main__":
    main()
