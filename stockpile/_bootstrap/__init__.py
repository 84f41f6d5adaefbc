"""The ground floor: from a bare Python to the program, with nothing but the standard library.

`start` is its door. A start that finds its stamp reads one small file and costs nothing more.
Whatever is built is trusted only after its last step, so an interrupted start is begun again.
Every module here can be read by each Python 3, so that an old one gets a sentence instead of a
syntax error. It is not for an installed wheel, which brings its own environment.
"""
