"""A cache that cannot lie: what a run read is known, and compared by its bytes before reuse.

`trace` watches a run, `recipe` says what was to be run, `inputs` compares what a run read with what
is there now, `store` keeps results, `status` says in words what would run and why.
"""
