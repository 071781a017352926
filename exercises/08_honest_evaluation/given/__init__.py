# Copied from reference_impl by `python -m autograder derive`: change it there.
