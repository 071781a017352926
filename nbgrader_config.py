"""The course for nbgrader: where things are, and which engine grades. Read by nbgrader's own commands and by ``autograder grade``.

A class may be kept in a folder of its own. That folder's nbgrader_config.py then says
``load_subconfig("nbgrader_config.py", path="/path/to/this/repository")``, and below it what is different there.
"""

import os
import sys
import sysconfig
import warnings

here = os.path.dirname(os.path.abspath(__file__))
if here not in sys.path:
    sys.path.insert(0, here)  # for the classes named below, also where the package is not installed
# nbgrader runs the command alembic when it makes a gradebook, and the environment need not be activated.
scripts = sysconfig.get_path("scripts")
if scripts not in os.environ.get("PATH", "").split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)])
# SQLAlchemy's remark on how nbgrader enters a submission, three times a class; the entry is right.
warnings.filterwarnings("ignore", "Object of type <Submitted")

from autograder.lesson_source import CODE_STUB, TEXT_STUB  # noqa: E402 (needs the path set above)

c = get_config()  # noqa: F821 (given by traitlets)

# Where things are. The exchange is the machine's affair: c.Exchange.root belongs into its or the user's configuration.
c.CourseDirectory.course_id = "music_dsp"
c.CourseDirectory.source_directory = "build/source"  # python -m autograder derive
c.CourseDirectory.release_directory = "exercises"
# The last one is ours: release_feedback hands out every HTML page beside the feedback, and a learner's own must not be among them.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.html"]

# generate_assignment writes the same bytes as `autograder derive`.
c.ClearSolutions.code_stub = {"python": CODE_STUB}
c.ClearSolutions.text_stub = TEXT_STUB

# autograde starts no kernel: the notebook is rebuilt from the source, and outputs and points come from the record.
c.Autograde.exporter_class = "autograder.nbgrader_plugin.RebuildExporter"
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader_plugin.Replay",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.OverwriteCells.add_missing_cells = True

# collect refuses links, which it would follow with the teacher's rights.
c.ExchangeFactory.collect = "autograder.collect.SafeCollect"
