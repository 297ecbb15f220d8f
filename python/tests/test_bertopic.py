import numpy
import pytest

import emic

bertopic = pytest.importorskip("bertopic")


def test_an_encoder_is_an_embedding_model(encoder):
    from bertopic import BERTopic
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA

    subjects = ["families and cases", "eating with colleagues", "forms and paperwork"]
    texts = [f"On day {n} it was about {subjects[n % 3]} all the time." for n in range(120)]
    topics = BERTopic(embedding_model=encoder, umap_model=PCA(5), hdbscan_model=KMeans(3, random_state=0, n_init=1))
    found, _ = topics.fit_transform(texts)
    assert topics.embedding_model is encoder and len(set(found)) == 3
    assert numpy.array_equal(topics.transform(texts[:6])[0], found[:6])
    # The model of topics is one that BERTopic made from these very vectors.
    again = BERTopic(umap_model=PCA(5), hdbscan_model=KMeans(3, random_state=0, n_init=1), embedding_model=encoder)
    assert again.fit_transform(texts, embeddings=encoder.encode(texts))[0] == found


def test_it_stays_an_encoder_beside_bertopic(encoder):
    import pickle

    from bertopic.backend import BaseEmbedder
    from sklearn.base import clone

    assert isinstance(encoder, BaseEmbedder) and isinstance(encoder, emic.Encoder)
    for again in (pickle.loads(pickle.dumps(encoder)), clone(encoder)):
        assert again.encode(["a"]).tobytes() == encoder.encode(["a"]).tobytes()
