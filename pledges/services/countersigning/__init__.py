"""Countersigning ("Mengetahui"): a head takes note of a batch of signed pacts, once for all of it.

`due`: what awaits whom; `acts`: signing the batch; `records`: what its record says, and whether it
fits; `stored`, `making`, `queue`: the second revision of each pact (decision 25).
"""
