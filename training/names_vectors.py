"""More columns for the German floret vectors: what multilingual-e5-small says of a word alone. `names_vectors.py`

Of each of the frequent words (of the package wordfreq and of the text at hand) the mean vector of its pieces and the
mean output of the lower half are taken, reduced to their main components, and a table of hashed parts of words is
fitted to them by least squares, so that unknown words have a vector as well. The rows are those of the vectors made by
`vectors.py`, beside which the new columns are put; only the name finder was trained on them.
"""

from collections import Counter

import names
import numpy as np
import places
import spacy
import torch
from names_teacher import Cut
from prepare_silver import prepared
from spacy.vectors import Vectors
from torch import nn
from torch.nn import functional
from wordfreq import get_frequency_dict

from processors.coder.reader import WIDTH
from training.coder.base import base
from training.coder.reader import Encoder, groups

DIMENSIONS, WORDS = 40, 150_000
EPOCHS, BATCH, RATE = 10, 8192, 0.3
# wordfreq has no capitals: a form is taken where it is so likely a share of its word, by the chances of its pieces.
LIKELY = 0.12


def frequencies(cut: Cut) -> list[tuple[str, float]]:
    """The most frequent forms with their shares of all words."""
    found: Counter[str] = Counter()
    listed = get_frequency_dict("de", wordlist="large")
    for word in sorted(listed, key=lambda word: -listed[word])[: WORDS * 3 // 2]:
        if not word[0].isalpha():
            continue
        forms = [word, word[0].upper() + word[1:], *([word.upper()] if len(word) <= 4 else [])]
        chances = np.array([sum(cut.whole.chances[n] for n in cut.pieces.of(form)) for form in forms])
        shares = np.exp(chances - chances.max())
        for form, share in zip(forms, shares / shares.sum(), strict=True):
            if share > LIKELY:
                found[form] = max(found[form], listed[word] * share)
    own = Counter(word for words in prepared("de") for word in words)
    own.update(word for one in names.germeval_training() for word in one.words)
    for word, count in own.items():
        found[word] += count / own.total() * (1 if count > 1 else 0.5)
    return found.most_common(WORDS)


def described(words: list[str], cut: Cut) -> np.ndarray:
    """What the base says of each word alone: words × twice its width."""
    net = Encoder(cut.whole).eval()
    pieces = [cut.of([word])[0] for word in words]
    out = np.zeros((len(words), 2 * WIDTH), np.float32)
    with torch.no_grad():
        for group in groups(np.array([len(one) for one in pieces]), None):
            vectors, hidden = cut.batch([pieces[n] for n in group])
            share = np.zeros(vectors.shape[:2], np.float32)
            for row, n in enumerate(group):
                share[row, 1 : len(pieces[n]) - 1] = 1 / (len(pieces[n]) - 2)
            inner = torch.from_numpy(share)[..., None]
            out[group, :WIDTH] = (vectors * inner).sum(1)
            out[group, WIDTH:] = (net.encoded(vectors, hidden) * inner).sum(1)
    return out


def reduced(described: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The main components, words × DIMENSIONS, both halves counting alike."""
    for half in (described[:, :WIDTH], described[:, WIDTH:]):
        half -= (half * weight[:, None]).mean(0)
        half /= np.sqrt((half * half).sum(1) @ weight / len(weight))
    _, vectors = np.linalg.eigh((described * weight[:, None]).T @ described)
    found: np.ndarray = described @ vectors[:, ::-1][:, :DIMENSIONS]
    return found / found.std()


def fitted(floret: Vectors, words: list[str], target: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The rows whose means over the parts of a word come closest to its target."""
    size = len(floret.data)
    rows = [[h % size for part in floret._get_ngrams(w) for h in floret._get_ngram_hashes(part)] for w in words]
    table, wanted = nn.Parameter(torch.zeros(size, DIMENSIONS)), torch.from_numpy(target).float()
    counts, rng = torch.from_numpy(np.minimum(weight, 6)).float(), np.random.default_rng(0)
    optimizer, order, step = torch.optim.Adam([table], lr=RATE, betas=(0.9, 0.99)), np.arange(len(words)), 0
    steps = EPOCHS * (len(words) // BATCH)
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        for start in range(0, len(words) - BATCH + 1, BATCH):
            optimizer.param_groups[0]["lr"] = RATE * max(0.02, 1 - step / steps)
            chosen = order[start : start + BATCH]
            offsets = np.cumsum([0] + [len(rows[n]) for n in chosen[:-1]])
            flat = torch.from_numpy(np.concatenate([rows[n] for n in chosen]))
            means = functional.embedding_bag(flat, table, torch.from_numpy(offsets), mode="mean")
            loss = (((means - wanted[chosen]) ** 2).mean(1) * counts[chosen]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
        print(f"epoch {epoch + 1} of {EPOCHS}: {loss.item():.3f}", flush=True)
    return table.detach().numpy()


def main() -> None:
    """Put the columns beside those of the vectors at hand, and store both as a spaCy folder."""
    cut = Cut(base(places.encoder()))
    pairs = frequencies(cut)
    words, weight = [word for word, _ in pairs], np.array([share for _, share in pairs]) ** 0.25
    weight /= weight.mean()
    nlp = spacy.load(places.WORK / "de" / "vectors")
    vectors = nlp.vocab.vectors
    new = fitted(vectors, words, reduced(described(words, cut), weight), weight)
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings,
        mode="floret",
        data=np.concatenate([vectors.data, new], axis=1).astype(np.float32),
        hash_count=vectors.hash_count,
        hash_seed=vectors.hash_seed,
        minn=vectors.minn,
        maxn=vectors.maxn,
        bow=vectors.bow,
        eow=vectors.eow,
        name=vectors.name,
    )
    nlp.to_disk(places.WORK / "de" / "names_vectors")
    print(nlp.vocab.vectors.shape)


if __name__ == "__main__":
    main()
