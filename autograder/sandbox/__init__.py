"""The sandbox: what a learner's code may read, write, reach and use up, held by the Linux kernel and a supervisor.

``linux`` starts a box and is what the rest of the autograder imports; ``supervisor`` watches a box and ends it, with
``process_tree`` and ``work_folder`` to see what it uses. Beneath them one protection a module: ``landlock`` (files),
``syscalls`` (seccomp), ``identity`` (namespaces, user, capabilities), ``limits`` (rlimits); ``box`` holds the words they
share and ``kernel`` the calls Python does not wrap.
"""
