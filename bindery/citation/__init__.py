"""Citations of a book and of what it publishes, from one set of facts.

`facts` says what a citation says, `built` finds it in the published book; each other module writes
it in one form.
"""
