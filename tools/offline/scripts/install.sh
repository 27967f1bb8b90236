#!/bin/sh
# 离线安装：需要 Python 3.11。用法：sh install.sh [目标文件夹]
# Install without internet; needs Python 3.11. Usage: sh install.sh [FOLDER]
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
target=${1:-"$here/soe-compliance"}
python=${PYTHON:-python3.11}
if ! command -v "$python" >/dev/null 2>&1; then
  echo "找不到 $python，请先安装 Python 3.11 / $python not found: install Python 3.11 first" >&2
  exit 1
fi
(cd "$here" && sha256sum --check --quiet SHA256SUMS)
"$python" -m venv "$target"
pip() { "$target/bin/python" -m pip --isolated install --quiet --disable-pip-version-check --no-index "$@"; }
pip --require-hashes --find-links "$here/wheels-linux" --requirement "$here/requirements.lock"
pip --no-deps "$here"/soe_compliance-*.whl
"$target/bin/soe-compliance" --version
echo "已安装 / installed: $target/bin/soe-compliance"
