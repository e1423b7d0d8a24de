"""How the shipped model is made: small programs, one command each.

Run from the root of a checkout, with ``models`` on the path and the extra ``train`` installed:
``PYTHONPATH=models python -m recipe.NAME --help``. In the order of the work:

    collect     a folder of sources -> clean pairs and lines
    filter      length, ratio, language, duplicates, overlap with evaluation sets
    vocabulary  joint SentencePiece pieces
    lexicon     IBM model 1 tables and bilingual embeddings that start the model
    renames     pairs with other names in them, against mangled names
    train       the network, resumable
    choose      the checkpoint that is best on development data
    synthesise  back-translation and distillation with the engine of translate_kit
    export      weights -> Hugging Face folder and CTranslate2 int8
    evaluate    BLEU, chrF++, names kept, word links
    compare     two model folders side by side
    card        MODEL_CARD.md and model.toml out of the run's record

``python -m recipe`` runs them all (``make model``); ``gpu`` runs them within a time limit on
one GPU. Each writes what it did to the run's record, out of which the card is written.
"""
