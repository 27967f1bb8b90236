"""python -m tools.offline FOLDER"""

import sys
from pathlib import Path

from tools.offline.folder import make_folder

if len(sys.argv) != 2:
    sys.exit(__doc__)
make_folder(Path(sys.argv[1]))
