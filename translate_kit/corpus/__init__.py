"""Many documents: streamed through engines, noted in a journal, resumed, reported.

``tasks`` holds the values that travel, ``inputs`` opens folders and patterns up, ``reading`` makes
documents of an input, ``stream`` sends the sentences of many documents through one engine,
``finish`` makes bitexts and bytes of them, ``outputs`` puts these where they belong, ``journal``
knows what is done, ``run`` ties them together and ``plan`` chooses the runner. ``arrivals`` sees
articles come into a folder, and ``watch`` has them translated.
"""
