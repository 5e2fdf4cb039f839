"""A teacher of German names: the lower half of multilingual-e5-small, trained further on GermEval's training sentences.

`names_teacher.py` writes the training file of the name finder: GermEval's sentences, and the silver text with the names
that the teacher finds in it. F 83 on the last 1,100 sentences of GermEval test (PER, LOC, ORG), where Stanford CoreNLP
has 79.
"""

import random
from collections.abc import Sequence

import names
import numpy as np
import places
import torch
from prepare_silver import letters, prepared
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from torch import Tensor
from torch.nn import functional

from processors.coder.pieces import Pieces
from processors.coder.reader import WIDTH, unpacked
from training.coder.base import Base, base
from training.coder.reader import Encoder, groups, improve

LABELS = ["O", *(f"{begin}-{kind}" for kind in ("PER", "LOC", "ORG", "MISC") for begin in "BI")]
EPOCHS, RATE, HEAD_RATE, WARMING = 4, 1.5e-4, 1e-3, 40
MOST = 500  # pieces of a sentence that are read
AT_ONCE = 4000  # sentences
TIMES = 4  # GermEval's sentences are seen so often, silver ones once
WATCHED = 200  # sentences, of those trained on: only to see that training goes on


class Cut:
    """Words as the base's pieces."""

    def __init__(self, whole: Base) -> None:
        self.whole = whole
        pairs = zip(whole.pieces, whole.chances, strict=True)
        self.pieces = Pieces({piece: (n, float(chance)) for n, (piece, chance) in enumerate(pairs)})
        self.begin, self.end = whole.pieces.index("<s>"), whole.pieces.index("</s>")

    def of(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """The pieces of a sentence, and the place of each word's first piece."""
        out, first = [self.begin], []
        for word in words:
            first.append(len(out))
            out += self.pieces.of(word)
        return [*out[:MOST], self.end], [place for place in first if place < MOST]

    def batch(self, texts: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
        """The vectors of the pieces, texts × pieces × width, and what hides the places behind their ends."""
        length = max(map(len, texts))
        numbers = np.ones((len(texts), length), int)
        hidden = np.full((len(texts), 1, 1, length), -1e9, np.float32)
        for row, text in enumerate(texts):
            numbers[row, : len(text)] = text
            hidden[row, ..., : len(text)] = 0
        blocks = self.whole.words[numbers.ravel()]
        vectors = unpacked(blocks["values"].reshape(len(blocks), -1), blocks["scale"]).astype(np.float32)
        return torch.from_numpy(vectors).view(*numbers.shape, WIDTH), torch.from_numpy(hidden)


class Tagger(Encoder):
    """A label for each word."""

    def __init__(self, whole: Base) -> None:
        super().__init__(whole)
        torch.manual_seed(0)
        self.cut = Cut(whole)
        self.register({"label": torch.randn(WIDTH, len(LABELS)) * 0.05, "label_bias": torch.zeros(len(LABELS))})

    def forward(self, sentences: Sequence[tuple[list[int], list[int]]]) -> Tensor:
        """Logits of the words' labels, words of all sentences × labels."""
        vectors, hidden = self.cut.batch([pieces for pieces, _ in sentences])
        length = vectors.shape[1]
        places = [row * length + place for row, (_, first) in enumerate(sentences) for place in first]
        return self.linear(self.drop(self.encoded(vectors, hidden).reshape(-1, WIDTH)[places]), "label")


def trained(net: Tagger, sentences: Sequence[names.Named]) -> None:
    """Trains on the gold sentences, at a rate that rises and falls."""
    cut = [net.cut.of(one.words) for one in sentences]
    labels = [[LABELS.index(label) for label in one.labels] for one in sentences]
    rng = np.random.default_rng(0)
    lengths = np.array([len(pieces) for pieces, _ in cut])
    batches = [group for _ in range(EPOCHS) for group in groups(lengths, rng)]
    head = {"w_label", "w_label_bias"}
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for n, p in net.named_parameters() if n not in head], "lr": RATE},
            {"params": [p for n, p in net.named_parameters() if n in head], "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARMING, max(0.02, 1 - step / len(batches)))
    )
    net.train()
    for number, group in enumerate(batches):
        gold = torch.tensor([label for n in group for label in labels[n][: len(cut[n][1])]])
        loss = functional.cross_entropy(net([cut[n] for n in group]), gold)
        improve(net, loss, optimizer, schedule)
        if number % 50 == 0:
            print(f"batch {number} of {len(batches)}: loss {loss.item():.3f}", flush=True)
    net.eval()


def likeliest(chances: np.ndarray) -> list[str]:
    """The likeliest labels of a sentence, words × log chances, of those where an I- continues its own kind."""
    steps = np.array([[-1e9 if b[0] == "I" and a[2:] != b[2:] else 0 for b in LABELS] for a in LABELS])
    score, back = chances[0] + np.array([-1e9 if label[0] == "I" else 0 for label in LABELS]), []
    for row in chances[1:]:
        ways = score[:, None] + steps
        back.append(ways.argmax(0))
        score = ways.max(0) + row
    path = [int(score.argmax())]
    for before in reversed(back):
        path.append(int(before[path[-1]]))
    return [LABELS[n] for n in reversed(path)]


def labelled(net: Tagger, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
    """BIO labels of each sentence's words; what lies behind the last piece that is read has none."""
    cut = [net.cut.of(words) for words in sentences]
    out: list[list[str]] = [["O"] * len(words) for words in sentences]
    with torch.no_grad():
        for group in groups(np.array([len(pieces) for pieces, _ in cut]), None):
            chances = functional.log_softmax(net([cut[n] for n in group]), 1).numpy()
            at = 0
            for n in group:
                size = len(cut[n][1])
                out[n][:size] = likeliest(chances[at : at + size])
                at += size
    return out


def save(name: str, sentences: Sequence[names.Named]) -> None:
    """Store sentences for `spacy train`."""
    found, vocab = DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"]), Vocab()
    for one in sentences:
        found.add(Doc(vocab, words=one.words, ents=one.labels))
    found.to_disk(places.WORK / "de" / f"{name}.spacy")


def main() -> None:
    """Train, then label the silver text."""
    gold = names.germeval_training()
    net = Tagger(base(places.encoder()))
    trained(net, gold)
    known = {letters("".join(one.words)) for one in gold}
    texts = [words for words in prepared("de") if letters("".join(words)) not in known]
    silver: list[names.Named] = []
    for start in range(0, len(texts), AT_ONCE):
        part = texts[start : start + AT_ONCE]
        silver += map(names.Named, part, labelled(net, part))
        print(f"names of {len(silver)} of {len(texts)} sentences", flush=True)
    found = silver + gold * TIMES
    random.Random(4).shuffle(found)
    save("names_train", found)
    save("names_dev", gold[-WATCHED:])


if __name__ == "__main__":
    main()
