"""Vectors and labels of many texts with Ray Data: the same, byte for byte, as in one process.

    python embed_and_label.py answers.parquet out [--model all-MiniLM-L6-v2] [--workers 2]

`answers.parquet` has the columns `id`, `question` and `text`. Writes `out/vectors` (`id`, `vector`) and `out/labels` (`id`, `theme`,
`score`, `confidence`, `rank`). Every node needs `emic` and the model; `--models` names a folder that all of them reach.

A vector depends on its text alone, so texts are embedded in any batches. Scores of labels are standardised over the texts that are
labelled together, so these are a group that you choose, here the answers to one question, never the batches that Ray makes.
"""

import argparse

import pyarrow
import ray

import emic

CODEBOOK = {
    "workload": "Too many cases and too little time.",
    "colleagues": "People at work who help, or who are missing.",
    "paperwork": "Forms and documentation instead of people.",
}


class Embedder:
    """Makes vectors of batches."""

    def __init__(self, encoder):
        """Take the model, which the worker has loaded."""
        self.encoder = encoder

    def __call__(self, batch):
        """Give a batch of texts its vectors."""
        vectors = self.encoder.encode(batch["text"])
        offsets = pyarrow.array(range(0, vectors.size + 1, vectors.shape[1]), pyarrow.int32())
        column = pyarrow.ListArray.from_arrays(offsets, pyarrow.array(vectors.ravel()))
        return pyarrow.table({"id": batch["id"], "vector": column})


def label(group, encoder):
    """Label the texts of a group."""
    # In one order, because Ray's depends on its blocks.
    group = group.sort_by("id")
    labels = emic.label(group["text"], CODEBOOK, encoder=encoder).to_arrow()
    names = ["theme", "score", "confidence", "rank"]
    return pyarrow.table({"id": group["id"].take(labels["text"]), **{name: labels[name] for name in names}})


def main():
    """Embed and label."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("answers")
    parser.add_argument("out")
    parser.add_argument("--model", default="all-MiniLM-L6-v2")
    parser.add_argument("--models")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    ray.init(ignore_reinit_error=True, num_cpus=given.workers + 1, include_dashboard=False)
    answers = ray.data.read_parquet(given.answers)
    # Each worker has one core, so it uses one thread. They load the model themselves.
    encoder = emic.Encoder(given.model, models=given.models, threads=1)
    vectors = answers.select_columns(["id", "text"]).map_batches(
        Embedder,
        fn_constructor_args=(encoder,),
        batch_format="pyarrow",
        batch_size=256,
        compute=ray.data.ActorPoolStrategy(size=given.workers),
    )
    vectors.write_parquet(f"{given.out}/vectors")
    labels = answers.groupby("question").map_groups(label, fn_kwargs={"encoder": encoder}, batch_format="pyarrow")
    labels.write_parquet(f"{given.out}/labels")
    ray.shutdown()


if __name__ == "__main__":
    main()
