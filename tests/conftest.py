"""Hypothesis draws the same examples every time, and never fails by the clock."""

from hypothesis import Phase, settings

settings.register_profile("steady", deadline=None, derandomize=True, max_examples=100)
settings.register_profile(  # for mutants: a failure is enough, however large the example that shows it
    "few", settings.get_profile("steady"), max_examples=25, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("steady")
