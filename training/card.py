"""The model's card: what it was made from, how, and what it can do."""

from __future__ import annotations

import json
from pathlib import Path

import spacy

CARD = """# The syntax model

A tagger (Penn and UPOS tags) and dependency parser (Universal Dependencies) for English press reports. Convolutional, no
pretrained vectors, {size:.1f} MB. Read by `summitry.annotate.syntax`.

- **Made** {date} with spaCy {spacy}, by `{command}`; one core, seed {seed}, {passes} passes.
- **Data.** [UD_English-EWT](https://github.com/UniversalDependencies/UD_English-EWT), whole, CC BY-SA 4.0;
  [UD_English-GUM](https://github.com/UniversalDependencies/UD_English-GUM), only the genres under CC BY 4.0 or in the public
  domain (news, interview, bio, voyage, textbook, vlog, speech). Beside them, in every pass, {generated} sentences about
  visits that `training/generate.py` makes by chance from a vocabulary, for headlines and bare time phrases ("arrived in
  Oslo Thursday"). They hold no text of the press.
- **Licence.** CC BY-SA 4.0, as EWT asks, for the model and for `lemmas.csv`, which is drawn from the same treebanks.
- **Pipeline.** `tok2vec` (shared), `tagger`, `morphologizer` (UPOS only), `parser`. Sentence ends, tokens and lemmas come
  from rules and tables outside the network.

## Figures

On the test parts, in per cent, with the treebank's sentence ends. UAS and LAS leave punctuation out, as spaCy's scorer
does; "with marks" they count every token, as the CoNLL shared tasks did. LAS asks for the whole relation
(`obl:unmarked`) unless it says otherwise. With the program's own tokens a word that was cut otherwise counts as wrong in
every measure.

{table}

## Limits

The treebanks are web pages, mails and reviews (EWT) and news, speeches and biographies (GUM), mostly American. Headlines,
lists and transcripts are read less well than running text. The parse is evidence beside chunks and patterns, not the
last word.
"""


def write_card(folder: Path, table: str, *, date: str, command: str, seed: int, passes: int, generated: int) -> None:
    """Write CARD.md, and name and licence into spaCy's meta.json."""
    meta_path = folder / "meta.json"
    meta = json.loads(meta_path.read_text(encoding="utf-8"))
    meta |= {
        "name": "summitry_syntax",
        "description": "Tagger and parser for English press reports; see CARD.md.",
        "license": "CC BY-SA 4.0",
        "sources": ["UD_English-EWT (CC BY-SA 4.0)", "UD_English-GUM, open genres (CC BY 4.0, public domain)"],
    }
    meta_path.write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6
    text = CARD.format(
        size=size,
        date=date,
        spacy=spacy.__version__,
        command=command,
        seed=seed,
        passes=passes,
        generated=generated,
        table=table,
    )
    (folder / "CARD.md").write_text(text, encoding="utf-8")
