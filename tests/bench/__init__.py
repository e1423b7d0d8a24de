"""Speed and memory: the same weights through this toolkit and as others use them.

    PYTHONPATH=tests python -m bench [--quick] [--linear]

``material`` makes the articles, ``plan`` says what is measured how often, ``systems`` starts the
toolkit and its rivals (``rivals``) as processes that ``process`` watches, ``parts`` measures single
stages, ``report`` makes ratios and tables of it. `bench.tune` compares settings of the engine.
"""
