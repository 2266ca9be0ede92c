"""The product's settings, with the one address more that the baseline needs."""

from netralitas.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
